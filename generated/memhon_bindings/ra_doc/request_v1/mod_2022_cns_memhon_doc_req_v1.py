from __future__ import annotations

from dataclasses import dataclass, field

__NAMESPACE__ = "http://www.secu.lu/ciss/cns"


@dataclass(slots=True, kw_only=True)
class TDemandeDocument:
    """
    Désignation du mémoire voulu et du patient concerné.

    Deux champs supposés, que le schéma officiel remplacera.

    Attributes:
        uuidsecu: Identifiant UuidSecu du mémoire voulu, 36 caractères, tel que reçu au dépôt
            ou lu dans une liste.
        identifiant_unique: Matricule du patient que concerne le mémoire demandé, treize
            chiffres ; confirme qu'il s'agit de la bonne personne.
    """

    class Meta:
        name = "T_DemandeDocument"

    uuidsecu: str = field(
        metadata={
            "name": "UUIDSecu",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "length": 36,
        }
    )
    identifiant_unique: str = field(
        metadata={
            "name": "identifiantUnique",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "total_digits": 13,
            "pattern": r"[123456789]\p{Nd}{12}",
        }
    )


@dataclass(slots=True, kw_only=True)
class DemandeDocument(TDemandeDocument):
    """
    Racine de la demande d'un mémoire déposé, désigné par son identifiant au CCSS.

    Nom proposé par MemHon.
    """

    class Meta:
        name = "demandeDocument"
        namespace = "http://www.secu.lu/ciss/cns"
