from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from .mod_2023_cns_pid_common_v1 import Motif

__NAMESPACE__ = "http://www.secu.lu/ciss/cns"


@dataclass(slots=True, kw_only=True)
class TPaiementMedecinRetour:
    """
    Décompte du paiement.

    Dans l'échange observé, le montant payé égale la part statutaire moins le recouvrement.

    Attributes:
        montant_part_statutaire: Part de l'assurance maladie pour ce mémoire, en euros, telle
            que simulée ; zéro si rien n'est payé.
        montant_recouvrement: Montant que la CNS retient au médecin sur ce paiement, en euros
            ; zéro dans l'échange observé.
        montant_paye: Montant effectivement versé au médecin, en euros. Contrôlez-le avant
            d'imprimer la quittance.
        identifiant_initiation_paiement: Identifiant UUID de l'ordre de paiement, à
            rapprocher du virement reçu. Absent si rien n'est payé : cas supposé.
        motif: Raison d'un paiement nul, en fin de réponse, avec le préfixe com. Présence et
            place supposées.
    """

    class Meta:
        name = "T_PaiementMedecinRetour"

    montant_part_statutaire: Decimal = field(
        metadata={
            "name": "montantPartStatutaire",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "min_inclusive": Decimal("0"),
            "fraction_digits": 2,
        }
    )
    montant_recouvrement: Decimal = field(
        metadata={
            "name": "montantRecouvrement",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "min_inclusive": Decimal("0"),
            "fraction_digits": 2,
        }
    )
    montant_paye: Decimal = field(
        metadata={
            "name": "montantPaye",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "min_inclusive": Decimal("0"),
            "fraction_digits": 2,
        }
    )
    identifiant_initiation_paiement: None | str = field(
        default=None,
        metadata={
            "name": "identifiantInitiationPaiement",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "pattern": r"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}",
        },
    )
    motif: None | Motif = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns/commonTypes",
        },
    )


@dataclass(slots=True, kw_only=True)
class PaiementMedecinRetour(TPaiementMedecinRetour):
    """
    Racine de la réponse à la validation : montants payés et identifiant du virement lancé.
    """

    class Meta:
        name = "paiementMedecinRetour"
        namespace = "http://www.secu.lu/ciss/cns"
