from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

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


@dataclass(slots=True, kw_only=True)
class TAnomalie:
    """
    Anomalie relevée lors de l'annulation, de même composition que dans la réponse au dépôt,
    mais avec des valeurs bornées.

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
class TAnnulationMemoireHonoraireRetour:
    """
    Accusé de l'annulation : la demande, le document annulé, l'instant et les anomalies.

    Composition supposée, en attendant le schéma officiel.

    Attributes:
        uuidprestataire: Identifiant de la demande d'annulation, 36 caractères, repris de la
            requête ; ce n'est pas celui du mémoire.
        uuiddocument_annule: Identifiant UuidSecu du mémoire annulé, 36 caractères, repris de
            la requête.
        date_annulation: Date et heure auxquelles l'annulation a pris effet, avec fuseau
            obligatoire (Z ou décalage), par exemple 2024-03-19T10:05:00+01:00.
        anomalies: Anomalie relevée sur la demande d'annulation, répétable. Un REFUS signifie
            que le mémoire reste en vigueur.
    """

    class Meta:
        name = "T_AnnulationMemoireHonoraireRetour"

    uuidprestataire: str = field(
        metadata={
            "name": "UUIDPrestataire",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "length": 36,
        }
    )
    uuiddocument_annule: str = field(
        metadata={
            "name": "UUIDDocumentAnnule",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "length": 36,
        }
    )
    date_annulation: str = field(
        metadata={
            "name": "dateAnnulation",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "pattern": r".+(Z|[+\-]\d{2}:\d{2})",
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
class AnnulationMemoireHonoraireRetour(TAnnulationMemoireHonoraireRetour):
    """
    Racine de la réponse à une annulation.

    Nom proposé par MemHon, formé sur celui de la requête.
    """

    class Meta:
        name = "annulationMemoireHonoraireRetour"
        namespace = "http://www.secu.lu/ciss/cns"
