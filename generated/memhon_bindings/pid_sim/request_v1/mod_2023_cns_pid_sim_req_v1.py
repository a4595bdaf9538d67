from __future__ import annotations

from dataclasses import dataclass, field

from xsdata.models.datatype import XmlDate

from .mod_2023_cns_pid_common_v1 import TActe

__NAMESPACE__ = "http://www.secu.lu/ciss/cns"


@dataclass(slots=True, kw_only=True)
class TLigneUta:
    """
    Ligne du mémoire à simuler.

    Quatre éléments observés, dans cet ordre ; d'autres existent probablement.

    Attributes:
        identifiant_externe_prestation: Identifiant UUID de la ligne, choisi par votre
            logiciel. La réponse le rend sous un autre nom : identifiantPrestation.
        date_debut_prestation: Jour de la prestation, AAAA-MM-JJ. Il fixe le tarif et l'âge
            retenus pour le calcul.
        acte: Acte exécuté. L'élément lui-même porte le préfixe cns, ses deux enfants le
            préfixe com.
        lieu_de_prestation: Lieu d'exécution, code de deux caractères ; seul « 01 » a été
            observé. Ne perdez pas le zéro initial.
    """

    class Meta:
        name = "T_LigneUTA"

    identifiant_externe_prestation: str = field(
        metadata={
            "name": "identifiantExternePrestation",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "pattern": r"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}",
        }
    )
    date_debut_prestation: XmlDate = field(
        metadata={
            "name": "dateDebutPrestation",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
        }
    )
    acte: TActe = field(
        metadata={
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
        }
    )
    lieu_de_prestation: str = field(
        metadata={
            "name": "lieuDePrestation",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "length": 2,
        }
    )


@dataclass(slots=True, kw_only=True)
class TLignesUta:
    """
    Liste des lignes à simuler, de 1 à 99.

    Le maximum est supposé.

    Attributes:
        ligne_uta: Une ligne du mémoire : un acte, sa date et son lieu. À répéter à
            l'intérieur de Lignes.
    """

    class Meta:
        name = "T_LignesUTA"

    ligne_uta: list[TLigneUta] = field(
        default_factory=list,
        metadata={
            "name": "LigneUTA",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "min_occurs": 1,
            "max_occurs": 99,
        },
    )


@dataclass(slots=True, kw_only=True)
class TUta:
    """
    Mémoire soumis à la simulation : facturier, patient, références et lignes.

    Cardinalités supposées.

    Attributes:
        identifiant_facturier: Code prestataire du facturier, huit chiffres. Il peut différer
            de l'espace mySecu avec lequel vous vous authentifiez.
        matricule: Matricule de la personne protégée, treize chiffres. L'environnement de
            certification a accepté un numéro à la date impossible.
        id_memoire_honoraire: Identifiant UUID du mémoire, choisi par votre logiciel et rendu
            dans la réponse.
        date_etablissement_memoire_honoraire: Date d'établissement du mémoire, AAAA-MM-JJ,
            distincte de la date de chaque prestation.
        lignes: Conteneur des lignes, initiale majuscule, présent une seule fois.
    """

    class Meta:
        name = "T_UTA"

    identifiant_facturier: int = field(
        metadata={
            "name": "identifiantFacturier",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "min_inclusive": 10000000,
            "max_inclusive": 99999999,
        }
    )
    matricule: str = field(
        metadata={
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "pattern": r"[1-9][0-9]{12}",
        }
    )
    id_memoire_honoraire: str = field(
        metadata={
            "name": "idMemoireHonoraire",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "pattern": r"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}",
        }
    )
    date_etablissement_memoire_honoraire: XmlDate = field(
        metadata={
            "name": "dateEtablissementMemoireHonoraire",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
        }
    )
    lignes: TLignesUta = field(
        metadata={
            "name": "Lignes",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
        }
    )


@dataclass(slots=True, kw_only=True)
class TSimulationMedecin:
    """
    Demande de simulation, qui porte un seul mémoire.

    Type nommé par MemHon.

    Attributes:
        uta: Mémoire à simuler. Le sigle, en majuscules, n'est développé dans aucun document
            public.
    """

    class Meta:
        name = "T_SimulationMedecin"

    uta: TUta = field(
        metadata={
            "name": "UTA",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
        }
    )


@dataclass(slots=True, kw_only=True)
class SimulationMedecin(TSimulationMedecin):
    """
    Racine de la demande de simulation : calculer ce que la CNS prendrait en charge, sans rien
    payer.
    """

    class Meta:
        name = "simulationMedecin"
        namespace = "http://www.secu.lu/ciss/cns"
