from __future__ import annotations

from dataclasses import dataclass, field

__NAMESPACE__ = "http://www.secu.lu/ciss/cns"


@dataclass(slots=True, kw_only=True)
class TPaiementMedecin:
    """
    Simulation à payer et trois déclarations du médecin.

    Le schéma admet faux ; l'exigence de vrai est une règle métier du bac à sable.

    Attributes:
        id_reponse_simulation: Identifiant UUID reçu dans identifiantReponseSimulation. Le
            nom est abrégé dans ce seul message.
        indicateur_validation_medecin: Vrai si le médecin accepte le résultat de la
            simulation ; booléen. L'effet de faux n'est pas public.
        indicateur_validation_personne_protegee: Vrai si le patient accepte le paiement
            immédiat direct ; booléen, à recueillir avant l'envoi.
        indicateur_acquittement_participation_personnelle: Vrai si le patient a réglé sa
            participation ; booléen. Deux n à « Personnelle » ici.
    """

    class Meta:
        name = "T_PaiementMedecin"

    id_reponse_simulation: str = field(
        metadata={
            "name": "idReponseSimulation",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "pattern": r"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}",
        }
    )
    indicateur_validation_medecin: bool = field(
        metadata={
            "name": "indicateurValidationMedecin",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
        }
    )
    indicateur_validation_personne_protegee: bool = field(
        metadata={
            "name": "indicateurValidationPersonneProtegee",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
        }
    )
    indicateur_acquittement_participation_personnelle: bool = field(
        metadata={
            "name": "indicateurAcquittementParticipationPersonnelle",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
        }
    )


@dataclass(slots=True, kw_only=True)
class PaiementMedecin(TPaiementMedecin):
    """
    Racine de la validation : demander le paiement d'un mémoire simulé.

    Le mot validation n'apparaît pas dans le nom.
    """

    class Meta:
        name = "paiementMedecin"
        namespace = "http://www.secu.lu/ciss/cns"
