from __future__ import annotations

from dataclasses import dataclass, field

__NAMESPACE__ = "http://www.secu.lu/ciss/cns/commonTypes"


@dataclass(slots=True, kw_only=True)
class TActe:
    """
    Acte de la nomenclature et sa quantité.

    Les deux éléments sont dans l'espace de noms des types communs, à la différence de l'élément
    acte qui les contient.

    Attributes:
        code_acte: Code de l'acte dans la nomenclature, de 1 à 6 caractères (« C1 »). Préfixe
            com ; longueur supposée.
        nombre: Nombre d'actes de la ligne, entier de 1 à 99. Préfixe com ; bornes supposées,
            reprises du RA.
    """

    class Meta:
        name = "T_Acte"

    code_acte: str = field(
        metadata={
            "name": "codeActe",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns/commonTypes",
            "min_length": 1,
            "max_length": 6,
        }
    )
    nombre: int = field(
        metadata={
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns/commonTypes",
            "min_inclusive": 1,
            "max_inclusive": 99,
        }
    )


@dataclass(slots=True, kw_only=True)
class Motif:
    """
    Explication en clair d'un refus ou d'une anomalie.

    Seul élément global des types communs : il s'écrit avec le préfixe com, jamais cns.
    """

    class Meta:
        name = "motif"
        namespace = "http://www.secu.lu/ciss/cns/commonTypes"

    value: str = field(
        default="",
        metadata={
            "min_length": 1,
            "max_length": 500,
        },
    )


@dataclass(slots=True, kw_only=True)
class TAnomalie:
    """
    Anomalie d'une simulation, pour tout le mémoire ou pour une ligne.

    Structure supposée : on sait seulement que la contestation désigne une anomalie par un
    identifiant.

    Attributes:
        identifiant_anomalie: Identifiant de l'anomalie, à reprendre dans la contestation. Ce
            n'est ni l'identifiant du mémoire, ni celui de la simulation.
        code_anomalie: Code de l'anomalie, préfixé SIM- dans le bac à sable ; il renvoie à la
            liste des anomalies du site.
        motif: Explication de l'anomalie en clair, reprise de l'élément global du même espace
            de noms.
        identifiant_prestation: Ligne concernée, par l'identifiant que votre logiciel lui a
            donné. Absent si l'anomalie touche le mémoire entier.
    """

    class Meta:
        name = "T_Anomalie"

    identifiant_anomalie: str = field(
        metadata={
            "name": "identifiantAnomalie",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns/commonTypes",
            "pattern": r"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}",
        }
    )
    code_anomalie: str = field(
        metadata={
            "name": "codeAnomalie",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns/commonTypes",
            "min_length": 1,
            "max_length": 20,
        }
    )
    motif: Motif = field(
        metadata={
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns/commonTypes",
        }
    )
    identifiant_prestation: None | str = field(
        default=None,
        metadata={
            "name": "identifiantPrestation",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns/commonTypes",
            "pattern": r"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}",
        },
    )
