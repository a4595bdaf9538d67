from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from xsdata.models.datatype import XmlDate

__NAMESPACE__ = "http://www.secu.lu/ciss/cns"


class TAnomalieType(Enum):
    """
    Attributes:
        REFUS: La demande est rejetée : rien n'a été enregistré.
        AVERTISSEMENT: La demande est acceptée, mais un point mérite une vérification.
        INFORMATION: Simple renseignement, sans effet sur la demande.
    """

    REFUS = "REFUS"
    AVERTISSEMENT = "AVERTISSEMENT"
    INFORMATION = "INFORMATION"


class TMemoireResumeStatut(Enum):
    """
    Attributes:
        DEPOSE: Mémoire reçu par le CCSS, en attente du consentement du patient.
        CONSENTI: Le patient a consenti au remboursement du mémoire.
        ANNULE: Mémoire annulé sans remplacement ; plus aucune action n'est possible.
        REMPLACE: Mémoire annulé au profit d'un nouveau dépôt qui prend sa suite.
    """

    DEPOSE = "DEPOSE"
    CONSENTI = "CONSENTI"
    ANNULE = "ANNULE"
    REMPLACE = "REMPLACE"


@dataclass(slots=True, kw_only=True)
class TAnomalie:
    """
    Anomalie relevée lors de la recherche de mémoires, de même composition que dans la réponse
    au dépôt, mais avec des valeurs bornées.

    Structure supposée, à remplacer par celle du schéma officiel.

    Attributes:
        type_value: Gravité de l'anomalie, parmi trois valeurs propres au bac à sable ; la
            réponse publiée au dépôt laisse ce champ libre.
        code: Code de l'anomalie, de 1 à 20 caractères, préfixé MH- dans le bac à sable. La
            liste officielle n'est pas publique.
        motif: Explication en clair de l'anomalie, 500 caractères au plus, à présenter à
            l'utilisateur.
    """

    class Meta:
        name = "T_Anomalie"

    type_value: TAnomalieType = field(
        metadata={
            "name": "type",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
        }
    )
    code: str = field(
        metadata={
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "min_length": 1,
            "max_length": 20,
        }
    )
    motif: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "max_length": 500,
        },
    )


@dataclass(slots=True, kw_only=True)
class TMemoireResume:
    """
    Résumé d'un mémoire déposé : ses deux identifiants, le prestataire, le montant et l'état.

    Choix de champs propre à MemHon.

    Attributes:
        uuidsecu: Identifiant attribué par le CCSS au dépôt, 36 caractères : à reprendre dans
            la demande de remboursement ou de document.
        uuidprestataire: Identifiant donné au mémoire par le logiciel du prestataire lors du
            dépôt, 36 caractères.
        numero_memoire_honoraires: Numéro du mémoire chez le prestataire, 100 caractères au
            plus, s'il avait été transmis.
        date_memoire_honoraires: Date d'établissement du mémoire, AAAA-MM-JJ ; c'est sur elle
            que portent les bornes de la demande.
        code_prestataire: Code du prestataire facturier, huit chiffres, tel que déposé.
        nom_prestataire: Nom du prestataire facturier, 150 caractères au plus, pour affichage
            au patient.
        prenom_prestataire: Prénom du prestataire facturier, 100 caractères au plus, absent
            pour une personne morale.
        montant_apayer: Montant restant à payer inscrit au mémoire, deux décimales au plus,
            dans la devise qui suit.
        devise: Code de la devise sur trois caractères d'après ISO 4217, repris du dépôt.
        acquitte: Vrai si le mémoire avait été payé par le patient au moment du dépôt ;
            booléen.
        statut: État du mémoire au moment de la réponse, parmi quatre valeurs propres au bac
            à sable.
    """

    class Meta:
        name = "T_MemoireResume"

    uuidsecu: str = field(
        metadata={
            "name": "UUIDSecu",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "length": 36,
        }
    )
    uuidprestataire: str = field(
        metadata={
            "name": "UUIDPrestataire",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "length": 36,
        }
    )
    numero_memoire_honoraires: None | str = field(
        default=None,
        metadata={
            "name": "numeroMemoireHonoraires",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "max_length": 100,
        },
    )
    date_memoire_honoraires: XmlDate = field(
        metadata={
            "name": "dateMemoireHonoraires",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
        }
    )
    code_prestataire: int = field(
        metadata={
            "name": "codePrestataire",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "min_inclusive": 10000000,
            "max_inclusive": 99999999,
        }
    )
    nom_prestataire: str = field(
        metadata={
            "name": "nomPrestataire",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "max_length": 150,
        }
    )
    prenom_prestataire: None | str = field(
        default=None,
        metadata={
            "name": "prenomPrestataire",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "max_length": 100,
        },
    )
    montant_apayer: Decimal = field(
        metadata={
            "name": "montantAPayer",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "fraction_digits": 2,
        }
    )
    devise: str = field(
        metadata={
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "length": 3,
        }
    )
    acquitte: bool = field(
        metadata={
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
        }
    )
    statut: TMemoireResumeStatut = field(
        metadata={
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
        }
    )


@dataclass(slots=True, kw_only=True)
class TListeRemboursementRetour:
    """
    Page de résultats : compteurs, mémoires, puis anomalies.

    La pagination est une supposition de MemHon, que le schéma officiel remplacera.

    Attributes:
        nombre_total: Nombre de mémoires qui répondent aux critères, toutes pages confondues
            ; entier, zéro compris.
        page: Numéro de la page rendue, entier à partir de 1. Reprend la page demandée, ou 1
            à défaut.
        taille_page: Nombre maximal de mémoires par page appliqué à cette réponse, entier de
            1 à 100.
        memoire: Résumé d'un mémoire de la page, sans ses lignes ni son PDF ; l'élément se
            répète et peut manquer.
        anomalies: Anomalie propre à la recherche, répétable, placée après les mémoires.
    """

    class Meta:
        name = "T_ListeRemboursementRetour"

    nombre_total: int = field(
        metadata={
            "name": "nombreTotal",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "min_inclusive": 0,
        }
    )
    page: int = field(
        metadata={
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "min_inclusive": 1,
        }
    )
    taille_page: int = field(
        metadata={
            "name": "taillePage",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "min_inclusive": 1,
            "max_inclusive": 100,
        }
    )
    memoire: list[TMemoireResume] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
        },
    )
    anomalies: list[TAnomalie] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
        },
    )


@dataclass(slots=True, kw_only=True)
class ListeRemboursementRetour(TListeRemboursementRetour):
    """
    Racine de la réponse : une page de la liste des mémoires du patient, précédée du compte
    total.

    Nom proposé par MemHon.
    """

    class Meta:
        name = "listeRemboursementRetour"
        namespace = "http://www.secu.lu/ciss/cns"
