"""PID: the validation of a simulation, which initiates the payment."""

from __future__ import annotations

from memhon.findings import Finding, make
from memhon.sandbox.amounts import ZERO
from memhon.sandbox.behaviours.pid.hindrances import claimant, read_of, reason, told
from memhon.sandbox.context import Context
from memhon.store import Payment
from memhon_bindings.pid_val.request_v1 import PaiementMedecin
from memhon_bindings.pid_val.response_v1 import Motif, PaiementMedecinRetour


def pay(request: PaiementMedecin, context: Context) -> PaiementMedecinRetour:
    """Pay an open simulation once, less what the insurance claims back.

    The message is judged before the simulation: with an indicator set to false nothing is looked
    up. Where nothing is paid all amounts are zero, no payment is named and the reason says why.
    """
    missing = _missing(request)
    if missing:
        return _refused(make("SIM-017", detail=", ".join(missing)))
    asked = request.id_reponse_simulation
    simulation = context.store.simulation(asked)
    claim = context.rules.claims.get(simulation.sender, ZERO) if simulation else ZERO
    outcome = context.store.pay(asked, context.numbering.uuid(), claim, claimant(context))
    if outcome.hindrance is None and outcome.payment is not None:
        context.reads.append(read_of("paiement", outcome, outcome.payment.id))
        return _paid(outcome.payment)
    return _refused(told(outcome, asked, context))


def refuse(_request: PaiementMedecin, finding: Finding, _context: Context) -> PaiementMedecinRetour:
    """The answer that refuses for a given reason; nothing is paid."""
    return _refused(finding)


def _missing(request: PaiementMedecin) -> list[str]:
    indicators = {
        "indicateurValidationMedecin": request.indicateur_validation_medecin,
        "indicateurValidationPersonneProtegee": request.indicateur_validation_personne_protegee,
        "indicateurAcquittementParticipationPersonnelle": (
            request.indicateur_acquittement_participation_personnelle
        ),
    }
    return [name for name, agreed in indicators.items() if not agreed]


def _paid(payment: Payment) -> PaiementMedecinRetour:
    held = None
    if payment.recovered:
        held = make("SIM-019", found=str(payment.recovered), detail=payment.id)
    return PaiementMedecinRetour(
        montant_part_statutaire=payment.statutory,
        montant_recouvrement=payment.recovered,
        montant_paye=payment.paid,
        # nothing is transferred when all of it was held back, so no transfer is named
        identifiant_initiation_paiement=payment.id if payment.paid else None,
        motif=None if held is None else Motif(value=reason(held)),
    )


def _refused(finding: Finding) -> PaiementMedecinRetour:
    return PaiementMedecinRetour(
        montant_part_statutaire=ZERO,
        montant_recouvrement=ZERO,
        montant_paye=ZERO,
        motif=Motif(value=reason(finding)),
    )
