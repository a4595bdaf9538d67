from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from .mod_2023_cns_pid_common_v1 import TAnomalie

__NAMESPACE__ = "http://www.secu.lu/ciss/cns"


@dataclass(slots=True, kw_only=True)
class TLigneUtaretour:
    """
    Montants calculés pour une ligne.

    Une ligne refusée garde ses éléments, à zéro, avec son anomalie.

    Attributes:
        identifiant_prestation: Identifiant de la ligne : la valeur envoyée dans
            identifiantExternePrestation, sous un autre nom.
        nombre_acte_rembourse: Nombre d'actes pris en charge sur cette ligne, entier positif
            ou nul.
        part_statutaire: Part de la ligne payée par l'assurance maladie, en euros, arrondie
            au centime le plus proche, demi-centime vers le haut.
        participation_personelle: Part de la ligne due par le patient, en euros, obtenue par
            différence. Un seul n dans le nom.
        montant_opposable: Tarif de la ligne opposable à la CNS, en euros. Observé avec une
            seule décimale : comparez des nombres, pas des textes.
        montant_non_opposable: Montant de la ligne non opposable à la CNS, en euros. Le DSR
            v2 annonce cette notion, mais le nom et la place sont supposés.
        anomalie: Anomalie propre à cette ligne, répétable, en dernière position de la ligne.
            Élément supposé.
    """

    class Meta:
        name = "T_LigneUTARetour"

    identifiant_prestation: str = field(
        metadata={
            "name": "identifiantPrestation",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "pattern": r"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}",
        }
    )
    nombre_acte_rembourse: int = field(
        metadata={
            "name": "nombreActeRembourse",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "min_inclusive": 0,
        }
    )
    part_statutaire: Decimal = field(
        metadata={
            "name": "partStatutaire",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "min_inclusive": Decimal("0"),
            "fraction_digits": 2,
        }
    )
    participation_personelle: Decimal = field(
        metadata={
            "name": "participationPersonelle",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "min_inclusive": Decimal("0"),
            "fraction_digits": 2,
        }
    )
    montant_opposable: Decimal = field(
        metadata={
            "name": "montantOpposable",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "min_inclusive": Decimal("0"),
            "fraction_digits": 2,
        }
    )
    montant_non_opposable: None | Decimal = field(
        default=None,
        metadata={
            "name": "montantNonOpposable",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "min_inclusive": Decimal("0"),
            "fraction_digits": 2,
        },
    )
    anomalie: list[TAnomalie] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
        },
    )


@dataclass(slots=True, kw_only=True)
class TLignesUtaretour:
    """
    Liste des lignes de la réponse.

    Elle peut compter une ligne de plus que la requête, ou aucune.

    Attributes:
        ligne_utaretour: Résultat d'une ligne. Une ligne inconnue de votre requête, à
            montants nuls, peut s'y trouver : tolérez-la.
    """

    class Meta:
        name = "T_LignesUTARetour"

    ligne_utaretour: list[TLigneUtaretour] = field(
        default_factory=list,
        metadata={
            "name": "LigneUTARetour",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
        },
    )


@dataclass(slots=True, kw_only=True)
class TUtaretour:
    """
    Totaux du mémoire simulé, suivis des lignes et des anomalies générales.

    Les totaux observés ont toujours deux décimales.

    Attributes:
        identifiant_reponse_simulation: Identifiant UUID de cette simulation, à conserver
            pour la valider ou la contester. La validation le nomme idReponseSimulation.
        matricule: Matricule de la personne protégée, répété de la requête : vérifiez qu'il
            s'agit du bon patient.
        id_memoire_honoraire: Identifiant UUID du mémoire donné par votre logiciel, rendu
            inchangé.
        total_part_statutaire: Total en euros pris en charge par l'assurance maladie, somme
            des parts statutaires des lignes.
        total_participation_personelle: Total en euros à la charge du patient. Le nom
            officiel ne comporte qu'un seul n à « Personelle ».
        somme_totale: Somme en euros de la part statutaire et de la participation personnelle
            du mémoire.
        lignes: Conteneur des lignes calculées, une seule fois, initiale majuscule ; vide si
            rien n'a pu être calculé.
        anomalie: Anomalie portant sur tout le mémoire, répétable, après les lignes. Élément
            supposé.
    """

    class Meta:
        name = "T_UTARetour"

    identifiant_reponse_simulation: str = field(
        metadata={
            "name": "identifiantReponseSimulation",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "pattern": r"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}",
        }
    )
    matricule: str = field(
        metadata={
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "pattern": r"[1-9][0-9]{12}",
        }
    )
    id_memoire_honoraire: str = field(
        metadata={
            "name": "idMemoireHonoraire",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "pattern": r"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}",
        }
    )
    total_part_statutaire: Decimal = field(
        metadata={
            "name": "totalPartStatutaire",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "min_inclusive": Decimal("0"),
            "fraction_digits": 2,
        }
    )
    total_participation_personelle: Decimal = field(
        metadata={
            "name": "totalParticipationPersonelle",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "min_inclusive": Decimal("0"),
            "fraction_digits": 2,
        }
    )
    somme_totale: Decimal = field(
        metadata={
            "name": "sommeTotale",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
            "min_inclusive": Decimal("0"),
            "fraction_digits": 2,
        }
    )
    lignes: TLignesUtaretour = field(
        metadata={
            "name": "Lignes",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
        }
    )
    anomalie: list[TAnomalie] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
        },
    )


@dataclass(slots=True, kw_only=True)
class TSimulationMedecinRetour:
    """
    Résultat de simulation, pour un seul mémoire.

    Type nommé par MemHon.

    Attributes:
        utaretour: Mémoire simulé : identifiants, totaux, détail par ligne. Pendant de
            l'élément UTA de la requête.
    """

    class Meta:
        name = "T_SimulationMedecinRetour"

    utaretour: TUtaretour = field(
        metadata={
            "name": "UTARetour",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
        }
    )


@dataclass(slots=True, kw_only=True)
class SimulationMedecinRetour(TSimulationMedecinRetour):
    """
    Racine de la réponse à une simulation : montants calculés, lignes et anomalies.
    """

    class Meta:
        name = "simulationMedecinRetour"
        namespace = "http://www.secu.lu/ciss/cns"
