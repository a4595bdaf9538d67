from __future__ import annotations

from dataclasses import dataclass, field

__NAMESPACE__ = "http://www.secu.lu/ciss/cns"


@dataclass(slots=True, kw_only=True)
class TContestationAnomalie:
    """
    Une anomalie contestée et la raison donnée, sous forme de code.

    Attributes:
        identifiant_anomalie: Identifiant UUID de l'anomalie, lu dans la réponse à la
            simulation. N'y mettez pas l'identifiant du mémoire. Préfixe cns ici.
        code_contestation: Code de la contestation, de 1 à 5 caractères ; seule la valeur 1
            est connue. Valeurs tenues dans une liste de codes, pas dans le schéma.
    """

    class Meta:
        name = "T_ContestationAnomalie"

    identifiant_anomalie: str = field(
        metadata={
            "name": "identifiantAnomalie",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "pattern": r"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}",
        }
    )
    code_contestation: str = field(
        metadata={
            "name": "codeContestation",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "min_length": 1,
            "max_length": 5,
        }
    )


@dataclass(slots=True, kw_only=True)
class TContestationSimulationMedecin:
    """
    Simulation contestée et liste des anomalies visées.

    Type nommé par MemHon.

    Attributes:
        identifiant_reponse_simulation: Identifiant UUID de la simulation contestée, tel que
            reçu ; nom complet, à la différence de la validation.
        contestation_anomalie: Contestation d'une anomalie, à répéter pour chacune ; une au
            moins. Répétition supposée.
    """

    class Meta:
        name = "T_ContestationSimulationMedecin"

    identifiant_reponse_simulation: str = field(
        metadata={
            "name": "identifiantReponseSimulation",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "pattern": r"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}",
        }
    )
    contestation_anomalie: list[TContestationAnomalie] = field(
        default_factory=list,
        metadata={
            "name": "contestationAnomalie",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "min_occurs": 1,
        },
    )


@dataclass(slots=True, kw_only=True)
class ContestationSimulationMedecin(TContestationSimulationMedecin):
    """
    Racine de la contestation : le médecin n'accepte pas une ou plusieurs anomalies de la
    simulation.
    """

    class Meta:
        name = "contestationSimulationMedecin"
        namespace = "http://www.secu.lu/ciss/cns"
