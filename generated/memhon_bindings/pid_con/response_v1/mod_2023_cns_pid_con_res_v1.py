from __future__ import annotations

from dataclasses import dataclass, field

from xsdata.models.datatype import XmlDateTime

from .mod_2023_cns_pid_common_v1 import Motif

__NAMESPACE__ = "http://www.secu.lu/ciss/cns"


@dataclass(slots=True, kw_only=True)
class TContestationSimulationMedecinRetour:
    """
    Accusé de la contestation : simulation visée, numéro de la contestation, instant et
    remarque.

    Composition supposée, que le schéma officiel remplacera.

    Attributes:
        identifiant_reponse_simulation: Identifiant UUID de la simulation contestée, repris
            de la requête.
        identifiant_contestation: Identifiant UUID donné à la contestation par le bac à
            sable, à conserver pour le suivi.
        date_contestation: Date et heure d'enregistrement de la contestation, par exemple
            2024-03-19T11:15:00Z ; préférez un fuseau explicite.
        motif: Remarque facultative en clair sur la suite donnée, avec le préfixe com.
    """

    class Meta:
        name = "T_ContestationSimulationMedecinRetour"

    identifiant_reponse_simulation: str = field(
        metadata={
            "name": "identifiantReponseSimulation",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "pattern": r"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}",
        }
    )
    identifiant_contestation: str = field(
        metadata={
            "name": "identifiantContestation",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "pattern": r"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}",
        }
    )
    date_contestation: XmlDateTime = field(
        metadata={
            "name": "dateContestation",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
        }
    )
    motif: None | Motif = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns/commonTypes",
        },
    )


@dataclass(slots=True, kw_only=True)
class ContestationSimulationMedecinRetour(TContestationSimulationMedecinRetour):
    """
    Racine de la réponse à une contestation.

    Nom formé par MemHon sur celui des autres réponses.
    """

    class Meta:
        name = "contestationSimulationMedecinRetour"
        namespace = "http://www.secu.lu/ciss/cns"
