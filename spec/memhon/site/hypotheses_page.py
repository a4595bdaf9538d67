"""Every assumption of ours, and what would replace it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from memhon.catalogue import Hypothesis
from memhon.errors import MemhonError
from memhon.site.assumed import Assumed
from memhon.site.markup import Page, badge, cell, code, front_matter, link, slug, table
from memhon.site.provenance import PAGE as PROVENANCE
from memhon.site.provenance import source_of

PAGE = "reference/hypotheses.md"
_INTRO = (
    "Cette page énumère tout ce que MemHon suppose faute d'information publique : chaque élément, "
    "type, code, réglage, anomalie et tarif marqué « hypothèse du bac à sable » dans les données, "
    "puis les règles de déroulement qui ne se lisent dans aucun schéma. Pour chacune, elle dit ce "
    "qui est connu et ce qui la remplacera. Quand le document officiel est importé, il l'emporte."
)
_PARTLY = (
    "« Nom connu » : le nom ou une valeur a été vu, le reste (type, bornes, nombre) est supposé. "
    "Ne développez pas sur la seule base d'une hypothèse."
)


def hypotheses_page(
    hypotheses: Sequence[Hypothesis], statements: Iterable[Assumed], known: Collection[str]
) -> Page:
    """The page of hypotheses.

    Args:
        hypotheses: In the order in which they shall appear.
        statements: Everything tagged; each is listed under the hypothesis that covers it.
        known: Addresses of the generated pages; a link to a type leads there only if it exists.

    Raises:
        MemhonError: A statement is covered by no hypothesis, so nothing says what replaces it.
    """
    covered = _by_hypothesis(hypotheses, statements)
    topics = list(dict.fromkeys(hypothesis.topic for hypothesis in hypotheses))
    parts = [
        front_matter("Hypothèses", "Ce que MemHon suppose, et ce qui le remplacera."),
        "# Hypothèses",
        _INTRO,
        _PARTLY,
        _facts(),
        _summary(topics, hypotheses, covered),
    ]
    for topic in topics:
        parts.append(f"## {topic} {{ #sujet-{slug(topic)} }}")
        parts += [
            _entry(hypothesis, covered[hypothesis.id], known)
            for hypothesis in hypotheses
            if hypothesis.topic == topic
        ]
    return Page(PAGE, "\n\n".join(parts) + "\n")


def _facts() -> str:
    page = f'<a href="{link(PAGE, PROVENANCE)}">Provenance</a>'
    return f"Les faits et leurs sources sont sur la page {page}."


def _by_hypothesis(
    hypotheses: Sequence[Hypothesis], statements: Iterable[Assumed]
) -> dict[str, list[Assumed]]:
    owners = {place: hypothesis.id for hypothesis in hypotheses for place in hypothesis.covers}
    covered: dict[str, list[Assumed]] = {hypothesis.id: [] for hypothesis in hypotheses}
    for statement in statements:
        owner = owners.get(statement.place)
        if owner is None:
            raise MemhonError(
                f"{statement.place} porte une hypothèse ({statement.label}) que le fichier "
                "hypotheses.toml du catalogue ne couvre pas"
            )
        covered[owner].append(statement)
    return covered


def _summary(
    topics: Iterable[str], hypotheses: Sequence[Hypothesis], covered: dict[str, list[Assumed]]
) -> str:
    rows: list[tuple[str, ...]] = []
    for topic in topics:
        own = [hypothesis for hypothesis in hypotheses if hypothesis.topic == topic]
        found = [statement for hypothesis in own for statement in covered[hypothesis.id]]
        named = sum(statement.partly for statement in found)
        title = f'<a href="#sujet-{slug(topic)}">{cell(topic)}</a>'
        rows.append((title, str(len(own)), str(len(found) - named), str(named)))
    totals = [str(sum(int(row[column]) for row in rows)) for column in (1, 2, 3)]
    rows.append(("**Total**", *(f"**{total}**" for total in totals)))
    head = ("Sujet", "Hypothèses", "Déclarations supposées", "Déclarations au nom connu")
    return table(head, rows)


def _entry(hypothesis: Hypothesis, statements: Sequence[Assumed], known: Collection[str]) -> str:
    shown = ", ".join(
        f'<a href="{_href(address)}">{cell(name)}</a>' for name, address in hypothesis.shown.items()
    )
    rows = [
        ("Ce qui est connu", cell(hypothesis.known)),
        ("Ce qui la remplacera", cell(hypothesis.replaced_by)),
        ("Depuis le", hypothesis.since.isoformat()),
        ("Où elle se voit", shown),
    ]
    source = source_of("hypothese")
    mark = badge(source.label, source.kind, source.what, link(PAGE, PROVENANCE, source.anchor))
    return "\n\n".join(
        [
            f"### {hypothesis.title} {{ #{hypothesis.id} }}",
            f"{mark} {cell(hypothesis.statement)}",
            table(("Rubrique", "Texte"), rows),
            *_folds(statements, known),
        ]
    )


def _folds(statements: Sequence[Assumed], known: Collection[str]) -> list[str]:
    if not statements:
        return []
    counts = Counter(statement.kind for statement in statements)
    told = ", ".join(f"{kind} : {count}" for kind, count in counts.items())
    items = "".join(f"<li>{_item(statement, known)}</li>" for statement in statements)
    return [f"<details><summary>Ce qui en dépend ({told})</summary><ul>{items}</ul></details>"]


def _item(statement: Assumed, known: Collection[str]) -> str:
    name = code(statement.label)
    if statement.address in known:
        name = f'<a href="{link(PAGE, statement.address, statement.anchor)}">{name}</a>'
    text = f" : {cell(statement.text)}" if statement.text else ""
    partly = " <em>(nom connu)</em>" if statement.partly else ""
    return f"{statement.kind} {name}{partly}{text}"


def _href(address: str) -> str:
    page, _, anchor = address.partition("#")
    return link(PAGE, page, anchor)
