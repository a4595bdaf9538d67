from __future__ import annotations

from dataclasses import dataclass, field

__NAMESPACE__ = "http://www.secu.lu/ciss/cns"


@dataclass(slots=True, kw_only=True)
class TAnomalie:
    """
    Anomalie constatée lors du dépôt : une nature, un code et, au besoin, un texte.

    Lisez-la toujours, même si un UuidSecu est rendu.

    Attributes:
        type_value: Nature du message. Texte libre dans le schéma publié ; les valeurs
            officielles ne sont pas connues publiquement.
        code: Code du motif de contestation. La liste officielle n'est pas publique :
            affichez le code tel que reçu.
        motif: Explication en clair, présente lorsque le motif n'est pas un motif type. À
            montrer à l'utilisateur.
    """

    class Meta:
        name = "T_Anomalie"

    type_value: str = field(
        metadata={
            "name": "type",
            "type": "Element",
            "namespace": "",
        }
    )
    code: str = field(
        metadata={
            "type": "Element",
            "namespace": "",
        }
    )
    motif: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "",
        },
    )


@dataclass(slots=True, kw_only=True)
class UuidPrestataire:
    """
    Identifiant que votre logiciel avait donné au mémoire (UUID de la requête), rendu tel quel,
    36 caractères.

    Servez-vous-en pour rapprocher la réponse de l'envoi.
    """

    class Meta:
        namespace = "http://www.secu.lu/ciss/cns"

    value: str = field(
        default="",
        metadata={
            "length": 36,
        },
    )


@dataclass(slots=True, kw_only=True)
class UuidSecu:
    """
    Identifiant attribué au dépôt par le CCSS, 36 caractères. À conserver : c'est la clé de la
    demande de remboursement et de l'annulation.
    """

    class Meta:
        namespace = "http://www.secu.lu/ciss/cns"

    value: str = field(
        default="",
        metadata={
            "length": 36,
        },
    )


@dataclass(slots=True, kw_only=True)
class TMemoireHonorairesRetour:
    """
    Contenu voulu de la réponse au dépôt.

    Aucun élément du schéma publié n'emploie ce type ; MemHon l'applique lui-même à la racine.

    Attributes:
        uuid_prestataire: Reprise de l'identifiant de l'émetteur, en première position et
            qualifié, parce qu'il renvoie à l'élément global.
        uuid_secu: Reprise de l'identifiant du CCSS, en seconde position, qualifié lui aussi.
            Sa présence n'exclut pas des anomalies.
        anomalies: Message d'anomalie relatif au dépôt, répété autant de fois que nécessaire.
            Sans espace de noms, à la différence des deux identifiants.
    """

    class Meta:
        name = "T_memoireHonorairesRetour"

    uuid_prestataire: UuidPrestataire = field(
        metadata={
            "name": "UuidPrestataire",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
        }
    )
    uuid_secu: UuidSecu = field(
        metadata={
            "name": "UuidSecu",
            "type": "Element",
            "namespace": "http://www.secu.lu/ciss/cns",
        }
    )
    anomalies: list[TAnomalie] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "",
        },
    )


@dataclass(slots=True, kw_only=True)
class MemoireHonorairesRetour(TMemoireHonorairesRetour):
    """
    Racine de la réponse au dépôt, au pluriel.

    Déclarée sans type dans le schéma publié : son contenu n'est presque pas contrôlé, ne vous
    fiez pas au seul verdict du schéma.
    """

    class Meta:
        name = "memoireHonorairesRetour"
        namespace = "http://www.secu.lu/ciss/cns"
