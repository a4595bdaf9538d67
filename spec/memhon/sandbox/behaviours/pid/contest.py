"""PID: the contest of anomalies that a simulation gave."""

from __future__ import annotations

from uuid import UUID

from xsdata.models.datatype import XmlDateTime

from memhon.findings import Finding, make
from memhon.sandbox.behaviours.pid.hindrances import claimant, reason, told, written
from memhon.sandbox.context import Context
from memhon.store import Contestation
from memhon_bindings.pid_con.request_v1 import ContestationSimulationMedecin
from memhon_bindings.pid_con.response_v1 import ContestationSimulationMedecinRetour, Motif

NO_UUID = str(UUID(int=0))
"""Stands for the required identifier where none was given: a refused contest has no key."""


def contest(
    request: ContestationSimulationMedecin, context: Context
) -> ContestationSimulationMedecinRetour:
    """Contest anomalies of an open simulation, all or none; the simulation ends with it.

    The message is judged before the simulation: each anomaly once, each with a known code.
    """
    asked = request.identifiant_reponse_simulation
    refusal = _against(request, context)
    if refusal is not None:
        return _answer(asked, NO_UUID, context, refusal)
    wish = Contestation(
        id=context.numbering.uuid(),
        simulation=asked,
        at=context.now,
        codes={
            each.identifiant_anomalie: each.code_contestation
            for each in request.contestation_anomalie
        },
    )
    outcome = context.store.contest(wish, claimant(context))
    if outcome.hindrance is None:
        return _answer(asked, wish.id, context, None)
    return _answer(asked, NO_UUID, context, told(outcome, asked, context))


def refuse(
    request: ContestationSimulationMedecin, finding: Finding, context: Context
) -> ContestationSimulationMedecinRetour:
    """The answer that refuses for a given reason; nothing is contested."""
    return _answer(request.identifiant_reponse_simulation, NO_UUID, context, finding)


def _against(request: ContestationSimulationMedecin, context: Context) -> Finding | None:
    known, seen = context.rules.contest_codes, set[str]()
    for each in request.contestation_anomalie:
        if each.code_contestation not in known:
            return make(
                "SIM-021",
                element="codeContestation",
                found=each.code_contestation,
                detail=", ".join(known),
            )
        if each.identifiant_anomalie.casefold() in seen:
            return make("SIM-022", element="identifiantAnomalie", found=each.identifiant_anomalie)
        seen.add(each.identifiant_anomalie.casefold())
    return None


def _answer(
    simulation: str, contestation: str, context: Context, refusal: Finding | None
) -> ContestationSimulationMedecinRetour:
    return ContestationSimulationMedecinRetour(
        identifiant_reponse_simulation=simulation,
        identifiant_contestation=contestation,
        date_contestation=XmlDateTime.from_string(written(context.now)),
        motif=None if refusal is None else Motif(value=reason(refusal)),
    )
