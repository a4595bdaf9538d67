from __future__ import annotations

from dataclasses import dataclass, field

__NAMESPACE__ = "http://www.secu.lu/ciss/cns"


@dataclass(slots=True, kw_only=True)
class TAnnulationMemoireHonoraires:
    """
    Demande d'annulation : son propre identifiant, le document remplaçant éventuel, le document
    annulé, la nature et le motif.

    Attributes:
        uuidprestataire: Identifiant de la demande d'annulation elle-même, 36 caractères, à
            tirer au hasard pour chaque envoi. Ce n'est pas l'UUID du mémoire annulé.
        uuiddocument_remplacant: Identifiant du mémoire qui remplace celui qu'on annule, 36
            caractères. Son sens exact n'est pas public : la plateforme V2.4 y met un
            identifiant interne, sans doute par erreur.
        uuiddocument_annule: Identifiant UuidSecu reçu au dépôt du mémoire à annuler, 36
            caractères. L'UUID donné par votre logiciel ne convient pas.
        type_annulation: Nature de l'annulation, entier : 1 pour une annulation simple, 2
            pour une annulation suivie d'un nouveau dépôt. Initiale majuscule.
        motif: Raison de l'annulation en texte clair, de 1 à 200 caractères. Obligatoire et
            non vide, initiale majuscule.
        signature: Emplacement facultatif d'une signature XML : vide ou un seul élément d'un
            autre espace de noms. Initiale majuscule dans ce message.
    """

    class Meta:
        name = "T_AnnulationMemoireHonoraires"

    uuidprestataire: str = field(
        metadata={
            "name": "UUIDPrestataire",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "length": 36,
        }
    )
    uuiddocument_remplacant: None | str = field(
        default=None,
        metadata={
            "name": "UUIDDocumentRemplacant",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "length": 36,
        },
    )
    uuiddocument_annule: str = field(
        metadata={
            "name": "UUIDDocumentAnnule",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "length": 36,
        }
    )
    type_annulation: int = field(
        metadata={
            "name": "TypeAnnulation",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "min_inclusive": 1,
            "max_inclusive": 2,
        }
    )
    motif: str = field(
        metadata={
            "name": "Motif",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "min_length": 1,
            "max_length": 200,
        }
    )
    signature: None | TAnnulationMemoireHonoraires.Signature = field(
        default=None,
        metadata={
            "name": "Signature",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
        },
    )

    @dataclass(slots=True, kw_only=True)
    class Signature:
        other_element: None | object = field(
            default=None,
            metadata={
                "type": "Wildcard",
                "namespace": "##other",
            },
        )


@dataclass(slots=True, kw_only=True)
class AnnulationMemoireHonoraire(TAnnulationMemoireHonoraires):
    """
    Racine de la demande d'annulation d'un mémoire déjà déposé, avec ou sans remplacement.

    Le nom est au singulier.
    """

    class Meta:
        name = "annulationMemoireHonoraire"
        namespace = "http://www.secu.lu/ciss/cns"
