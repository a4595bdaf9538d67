from __future__ import annotations

from dataclasses import dataclass, field

__NAMESPACE__ = "http://www.secu.lu/ciss/cns"


@dataclass(slots=True, kw_only=True)
class Tconsentement:
    """
    Consentement : l'identifiant du dépôt au CCSS, puis l'identité du patient qui consent.

    Attributes:
        uuidsecu: Identifiant du dépôt reçu dans UuidSecu, exactement 36 caractères. La casse
            du nom change d'un message à l'autre : ici, UUID en capitales.
        idenitifiant_unique: Matricule du patient, treize chiffres. Respectez la faute
            d'orthographe du nom officiel. Déclaré sans type : le schéma accepte n'importe
            quel contenu, contrôlez-le avant l'envoi.
    """

    class Meta:
        name = "TConsentement"

    uuidsecu: str = field(
        metadata={
            "name": "UUIDSecu",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "length": 36,
        }
    )
    idenitifiant_unique: str = field(
        metadata={
            "name": "idenitifiantUnique",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
        }
    )


@dataclass(slots=True, kw_only=True)
class Consentement(Tconsentement):
    """
    Racine de la demande : le patient consent au remboursement du mémoire désigné.

    Tous ses éléments sont qualifiés.
    """

    class Meta:
        name = "consentement"
        namespace = "http://www.secu.lu/ciss/cns"
