"""Bindings of all eight exchanges as a practice sends them, for one patient and one biller."""

from memhon import messages
from memhon.catalogue import load
from memhon_bindings.pid_con.request_v1 import ContestationSimulationMedecin, TContestationAnomalie
from memhon_bindings.pid_val.request_v1 import PaiementMedecin
from memhon_bindings.ra_annul.request_v3 import AnnulationMemoireHonoraire
from memhon_bindings.ra_doc.request_v1 import DemandeDocument
from memhon_bindings.ra_rembcons.request_v1 import Consentement
from memhon_bindings.ra_remblist.request_v1 import DemandeListeRemboursement

START = "2026-03-02T08:30:00Z"
PATIENT = load().persons[0].matricule
CANCELLATION = "3f9c1a7e-5b2d-4c8e-a0f6-d4b7e9c2a1f5"


def deposit():
    return messages.parse(load().example("ra-depot", "request", "minimal").data)


def simulation(act="C1"):
    made = messages.parse(load().example("pid-sim", "request", "minimal").data)
    made.uta.lignes.ligne_uta[0].acte.code_acte = act
    return made


def listing():
    return DemandeListeRemboursement(identifiant_unique=PATIENT)


def consent(secu):
    return Consentement(uuidsecu=secu, idenitifiant_unique=PATIENT)


def reading(secu):
    return DemandeDocument(uuidsecu=secu, identifiant_unique=PATIENT)


def cancellation(secu, replacement=None, uuid=CANCELLATION):
    return AnnulationMemoireHonoraire(
        uuidprestataire=uuid,
        uuiddocument_annule=secu,
        uuiddocument_remplacant=replacement,
        type_annulation=2 if replacement else 1,
        motif="Essai.",
    )


def payment(simulated, agreed=True):
    return PaiementMedecin(
        id_reponse_simulation=simulated,
        indicateur_validation_medecin=agreed,
        indicateur_validation_personne_protegee=True,
        indicateur_acquittement_participation_personnelle=True,
    )


def contest(simulated, anomaly):
    wish = TContestationAnomalie(identifiant_anomalie=anomaly, code_contestation="2")
    return ContestationSimulationMedecin(
        identifiant_reponse_simulation=simulated, contestation_anomalie=[wish]
    )
