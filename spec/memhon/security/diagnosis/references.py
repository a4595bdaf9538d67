"""Why a digest does not fit: the reference, the element it leads to, and what reproduces it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from memhon.catalogue import SigningProfile
from memhon.findings import Finding, make
from memhon.security.canonical import digest
from memhon.security.diagnosis.forms import Form, Step
from memhon.security.diagnosis.lenient import DIGEST_URIS, Written
from memhon.security.diagnosis.model import Cause, ReferenceDiagnosis
from memhon.security.diagnosis.nodes import Node, Tree, without
from memhon.security.diagnosis.places import ids_of, place_step
from memhon.security.diagnosis.search import Asked, Budget, Hit, cause_of, search, tried
from memhon.security.diagnosis.targets import Target, targets_of
from memhon.security.names import ASSERTION

_RESERIALISED = frozenset({"DIA-001", "DIA-002", "DIA-004", "DIA-006", "DIA-011", "DIA-022"})
"""What a signed assertion suffers from when it is read and written again."""
UNEXPLAINED = "DIA-090"


@dataclass(frozen=True, slots=True)
class Context:
    """What every reference of a signature is looked at with."""

    tree: Tree
    profile: SigningProfile | None
    signature: Node
    budget: Budget


def diagnose_reference(written: Written, context: Context) -> ReferenceDiagnosis:
    """Compute a digest, and find out why it differs.

    Args:
        written: The reference.
        context: Where it stands.
    """
    form, candidates = _form(written, context)
    named = DIGEST_URIS.get(written.algorithm, "")
    octets = b"".join(form.pieces()) if candidates else b""
    value = "".join(written.value.split())
    computed = digest(octets, named or "sha256") if candidates else ""
    right = bool(named) and computed == value
    causes = () if right else _causes(written, context, form, candidates)
    return ReferenceDiagnosis(
        uri=written.id,
        element=form.place.local if candidates else "",
        prefixes=written.method.prefixes,
        octets=octets,
        found=value,
        computed=computed,
        right=right,
        causes=causes or (() if right else (_unexplained(written, octets, computed),)),
        line=written.line,
    )


def _form(written: Written, context: Context) -> tuple[Form, list[Node]]:
    """The form that the reference describes, and the elements that it may mean."""
    tree = context.tree
    if written.uri == "":
        candidates = [tree.root]
    else:
        plain = (written.uri or "").startswith("#")
        candidates = [n for n in tree.root.walk() if plain and written.id in ids_of(n)]
    node = candidates[0] if candidates else tree.root
    content = without(node, context.signature) if written.enveloped else node
    return Form(tree, node, content, tree.scope(node), written.method), candidates


def _causes(
    written: Written, context: Context, form: Form, candidates: list[Node]
) -> tuple[Cause, ...]:
    asked = Asked(
        form,
        targets_of(written.value, DIGEST_URIS.get(written.algorithm, "sha256")),
        context.profile,
        _first(written, context, form, candidates),
        context.signature,
    )
    if not candidates:
        return _led_astray(written, context, asked)
    hits = search(asked, context.budget)
    causes = _ranked(
        cause_of(hit, _value(written), extra_of(hit.target, written), written.line)
        for hit in hits
        if hit.steps or extra_of(hit.target, written)
    )
    if candidates[0].tag == ASSERTION and causes:
        return _assertion(written, causes)
    return causes


def _first(
    written: Written, context: Context, form: Form, candidates: list[Node]
) -> tuple[Step, ...]:
    """Steps that only this reference suggests: other bearers of its id, its own signature."""
    steps = [place_step(form, node, "DIA-019") for node in candidates[1:]]
    if candidates and not written.enveloped:
        bare = without(form.place, context.signature)
        if bare is not form.place:
            steps.append(_enveloped_step(form, bare, "–"))
    elif candidates and form.node is not form.place:
        steps.append(_enveloped_step(form, form.place, "+"))
    return tuple(steps)


def _enveloped_step(form: Form, node: Node, sign: str) -> Step:
    step = place_step(form, form.place, "DIA-007", node)
    return replace(step, expected=f"{form.place.local} {sign} Signature")


def _led_astray(written: Written, context: Context, asked: Asked) -> tuple[Cause, ...]:
    """A reference that leads nowhere: the element that has the digest, if there is one."""
    likely = sorted(
        (node for node in context.tree.root.walk() if node.attributes),
        key=lambda node: not _alike(node, written.id),
    )
    found: list[Cause] = []
    for node in likely[:40]:
        inner = replace(asked.form, place=node, node=node, scope=context.tree.scope(node))
        step = place_step(asked.form, node, "DIA-018")
        names = ", ".join(value for *_, value in _id_like(node)) or "–"
        step = replace(step, found=written.uri or "–", expected=f"#{names}", detail=node.local)
        only = Asked(inner, asked.targets, asked.profile, (), asked.signature)
        near = _alike(node, written.id)
        hits = search(only, context.budget) if near else _plain(only, context.budget)
        for hit in hits:
            full = Hit((step, *hit.steps), hit.target, hit.pieces)
            extra = extra_of(hit.target, written)
            found.append(cause_of(full, _value(written), extra, written.line))
        if found:
            break
    return _ranked(found)


def _plain(asked: Asked, budget: Budget) -> list[Hit]:
    hit = tried(asked, (), budget)
    return [hit] if hit else []


def _id_like(node: Node) -> list[tuple[str, str, str, str]]:
    """The attributes that look like an id, whatever their case and namespace."""
    names = {"id", "assertionid"}
    return [item for item in node.attributes if item[2].lower() in names]


def _alike(node: Node, wanted: str) -> bool:
    plain = wanted.strip().lstrip("#").lower()
    return any(value.strip().lstrip("#").lower() == plain for *_, value in _id_like(node))


def extra_of(target: Target, written: Written) -> list[Finding]:
    """What hash and writing of a value add to its causes."""
    found = []
    if DIGEST_URIS.get(written.algorithm) != target.hash:
        named = written.algorithm or "–"
        found.append(make("DIA-012", line=written.line, found=named, expected=target.hash))
    if target.written:
        found.append(
            make("DIA-010", line=written.line, found=target.written, element="DigestValue")
        )
    return found


def _assertion(written: Written, causes: tuple[Cause, ...]) -> tuple[Cause, ...]:
    """The assertion's own signature, which a re-serialisation breaks, says so first."""
    first = causes[0]
    if not written.enveloped or first.finding.id not in _RESERIALISED:
        return causes
    finding = make("DIA-017", line=written.line, found=written.id, detail=first.finding.id)
    along = (first.finding, *first.along)
    return (replace(first, finding=finding, along=along), *causes)


def _ranked(causes: Iterator[Cause] | Sequence[Cause]) -> tuple[Cause, ...]:
    """Fewest changes first; one cause for each set of findings, at most eight."""
    found: dict[tuple[str, ...], Cause] = {}
    for cause in sorted(causes, key=lambda cause: cause.changes):
        key = (cause.finding.id, *(one.id for one in cause.along))
        found.setdefault(key, cause)
    return tuple(found.values())[:8]


def _value(written: Written) -> str:
    return "".join(written.value.split())


def _unexplained(written: Written, octets: bytes, computed: str) -> Cause:
    finding = make(
        UNEXPLAINED,
        line=written.line,
        element="Reference",
        found=_value(written) or "–",
        expected=computed or "–",
        detail=f"#{written.id}",
    )
    return Cause(finding, octets or None, computed, 0)
