from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from xsdata.models.datatype import XmlDate

__NAMESPACE__ = "http://www.secu.lu/ciss/cns"


class TDemandeListeRemboursementStatut(Enum):
    """
    Attributes:
        DEPOSE: Mémoire reçu par le CCSS, en attente du consentement du patient.
        CONSENTI: Le patient a consenti au remboursement du mémoire.
        ANNULE: Mémoire annulé sans remplacement ; plus aucune action n'est possible.
        REMPLACE: Mémoire annulé au profit d'un nouveau dépôt qui prend sa suite.
    """

    DEPOSE = "DEPOSE"
    CONSENTI = "CONSENTI"
    ANNULE = "ANNULE"
    REMPLACE = "REMPLACE"


@dataclass(slots=True, kw_only=True)
class TDemandeListeRemboursement:
    """
    Critères de recherche des mémoires.

    Seul le matricule est obligatoire ; l'ensemble est à revoir dès que le schéma officiel est
    connu.

    Attributes:
        identifiant_unique: Matricule du patient dont on demande les mémoires, treize
            chiffres. Orthographe correcte ici, contrairement à la demande de remboursement.
        date_debut: Date de mémoire à partir de laquelle chercher, AAAA-MM-JJ, jour compris.
            Absente : pas de limite inférieure.
        date_fin: Date de mémoire jusqu'à laquelle chercher, AAAA-MM-JJ, jour compris.
            Absente : pas de limite supérieure.
        statut: Ne retenir que les mémoires de cet état. Absent : tous les états sont rendus.
        page: Numéro de la page voulue, entier à partir de 1. Absent : la première page est
            rendue.
        taille_page: Nombre de mémoires par page, entier de 1 à 100. Absent : vingt mémoires
            par page.
    """

    class Meta:
        name = "T_DemandeListeRemboursement"

    identifiant_unique: str = field(
        metadata={
            "name": "identifiantUnique",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "total_digits": 13,
            "pattern": r"[123456789]\p{Nd}{12}",
        }
    )
    date_debut: None | XmlDate = field(
        default=None,
        metadata={
            "name": "dateDebut",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
        },
    )
    date_fin: None | XmlDate = field(
        default=None,
        metadata={
            "name": "dateFin",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
        },
    )
    statut: None | TDemandeListeRemboursementStatut = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
        },
    )
    page: None | int = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "min_inclusive": 1,
        },
    )
    taille_page: None | int = field(
        default=None,
        metadata={
            "name": "taillePage",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "min_inclusive": 1,
            "max_inclusive": 100,
        },
    )


@dataclass(slots=True, kw_only=True)
class DemandeListeRemboursement(TDemandeListeRemboursement):
    """
    Racine de la demande de liste : les mémoires d'un patient, filtrés et découpés en pages.

    Nom proposé par MemHon.
    """

    class Meta:
        name = "demandeListeRemboursement"
        namespace = "http://www.secu.lu/ciss/cns"
