"""The sources of statements: their names for readers, their badges, and who cites them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from memhon.site.markup import badge, link, slug

PAGE = "reference/provenance.md"


@dataclass(frozen=True, slots=True)
class Source:
    """A source tag as the site explains it."""

    tag: str
    """Letter in schemas and catalogue, or ``hypothese``."""
    label: str
    """Name on badges and in sentences."""
    kind: str
    """Class of the badge: ``official``, ``seen`` or ``hypothesis``."""
    what: str
    """What the source is."""
    trust: str
    """How far a reader may rely on it."""

    @property
    def anchor(self) -> str:
        """Id of the source's section on the provenance page."""
        return f"source-{slug(self.tag)}"


SOURCES = (
    Source(
        "D",
        "DSR v2",
        "official",
        "dossier des spécifications de référencement, version 2 : démarche et noms des services",
        "élevée",
    ),
    Source(
        "S0",
        "Rapport 2023",
        "official",
        "rapport annuel 2023 de l'Agence eSanté",
        "élevée",
    ),
    Source(
        "S4",
        "Réunion éditeurs 2025",
        "official",
        "réunion avec les éditeurs du 29 janvier 2025",
        "élevée",
    ),
    Source(
        "E",
        "plateforme publique V2.4",
        "seen",
        "plateforme d'échange RA de l'Agence, dont le code était public (version 2.4, 14-09-2023)",
        "élevée pour les requêtes RA, dans l'état de septembre 2023",
    ),
    Source(
        "P",
        "observé en certification, 12/2023",
        "seen",
        "échanges avec l'environnement de certification de mySecu, vus dans des sources publiques",
        "élevée pour ce qui a été vu ; le reste du message peut différer",
    ),
    Source(
        "J",
        "exemples publics",
        "seen",
        "exemples Java publics pour mySecu et l'authentification eSanté (2015 et 2023)",
        "moyenne",
    ),
    Source(
        "W",
        "page publique",
        "seen",
        "pages publiques de la CNS, d'esante.lu, de Legilux, de secu.lu, et presse",
        "moyenne, à la date de la page",
    ),
    Source(
        "M",
        "recalculé",
        "seen",
        "calcul refait par le projet : empreintes, chiffres de contrôle, arrondis",
        "élevée",
    ),
    Source(
        "hypothese",
        "hypothèse du bac à sable",
        "hypothesis",
        "choix du projet, faute d'information publique ; le document officiel le remplacera",
        "aucune : ne développez pas sur cette seule base",
    ),
)


class Certainty(Enum):
    """How much of a statement a public source carries: label for readers, class for styles."""

    KNOWN = ("connu", "sure--known")
    PARTLY = ("nom connu, reste supposé", "sure--partly")
    ASSUMED = ("supposé", "sure--assumed")

    @property
    def label(self) -> str:
        """French words for readers."""
        return self.value[0]

    @property
    def css(self) -> str:
        """Class of the marker."""
        return self.value[1]


def certainty(tags: Iterable[str]) -> Certainty:
    """How certain a statement with these source tags is; without any source it is assumed."""
    kinds = {source_of(tag).kind == "hypothesis" for tag in tags}
    if kinds == {False}:
        return Certainty.KNOWN
    return Certainty.PARTLY if False in kinds else Certainty.ASSUMED


def marker(level: Certainty) -> str:
    """The certainty in words, with a mark that does not rest on colour alone."""
    return f'<span class="sure {level.css}">{level.label}</span>'


_BY_TAG = {source.tag: source for source in SOURCES} | {"?": SOURCES[-1]}


def source_of(tag: str) -> Source:
    """The source of a tag; an unknown tag counts as a hypothesis."""
    return _BY_TAG.get(tag, SOURCES[-1])


def badges(here: str, tags: Iterable[str]) -> str:
    """The badges of some tags, each a link to its section."""
    sources = dict.fromkeys(source_of(tag) for tag in tags)
    return " ".join(
        badge(source.label, source.kind, source.what, link(here, PAGE, source.anchor))
        for source in sources
    )
