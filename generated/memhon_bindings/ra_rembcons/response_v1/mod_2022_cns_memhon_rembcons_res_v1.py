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
    Anomalie relevée lors de l'enregistrement du consentement, de même composition que dans la
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
class TConsentementRetour:
    """
    Accusé du consentement : le dépôt concerné, l'instant retenu et les anomalies.

    Composition supposée, en attendant le schéma officiel.

    Attributes:
        uuidsecu: Identifiant du dépôt dont le remboursement est demandé, 36 caractères,
            repris de la requête.
        date_consentement: Date et heure auxquelles le consentement a été enregistré, avec
            fuseau obligatoire (Z ou décalage), par exemple 2024-03-19T09:30:00Z.
        anomalies: Anomalie relevée sur la demande, répétable. Un REFUS signifie que le
            consentement n'est pas enregistré.
    """

    class Meta:
        name = "T_ConsentementRetour"

    uuidsecu: str = field(
        metadata={
            "name": "UUIDSecu",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "length": 36,
        }
    )
    date_consentement: str = field(
        metadata={
            "name": "dateConsentement",
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
class ConsentementRetour(TConsentementRetour):
    """
    Racine de la réponse au consentement.

    Nom proposé par MemHon, sur le modèle des autres réponses.
    """

    class Meta:
        name = "consentementRetour"
        namespace = "http://www.secu.lu/ciss/cns"
