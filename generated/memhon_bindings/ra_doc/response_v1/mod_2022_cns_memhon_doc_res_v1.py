from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from .mod_2022_cns_memhon_depot_req_v1 import MemoireHonoraire

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


class TDocumentRetourStatut(Enum):
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
    Anomalie relevée lors de la consultation du document, de même composition que dans la
    réponse au dépôt, mais avec des valeurs bornées.

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
class TDocumentRetour:
    """
    Mémoire rendu avec son identifiant et son état.

    Composition supposée, que le schéma officiel remplacera.

    Attributes:
        uuidsecu: Identifiant au CCSS du mémoire rendu, 36 caractères, identique à celui de
            la demande.
        statut: État du mémoire au moment de la réponse, parmi quatre valeurs propres au bac
            à sable.
        memoire_honoraire: Le mémoire dans la forme exacte de la requête de dépôt, PDF
            compris. Ses éléments intérieurs ne sont pas qualifiés.
        anomalies: Anomalie relative à la consultation, répétable, placée après le mémoire.
    """

    class Meta:
        name = "T_DocumentRetour"

    uuidsecu: str = field(
        metadata={
            "name": "UUIDSecu",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "length": 36,
        }
    )
    statut: TDocumentRetourStatut = field(
        metadata={
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
        }
    )
    memoire_honoraire: MemoireHonoraire = field(
        metadata={
            "name": "memoireHonoraire",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
        }
    )
    anomalies: list[TAnomalie] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
        },
    )


@dataclass(slots=True, kw_only=True)
class DocumentRetour(TDocumentRetour):
    """
    Racine de la réponse : le mémoire demandé, tel qu'il a été déposé, et son état actuel.

    Nom proposé par MemHon.
    """

    class Meta:
        name = "documentRetour"
        namespace = "http://www.secu.lu/ciss/cns"
