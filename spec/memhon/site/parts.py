"""What hand-written pages may ask for beside tables of exchanges, by the name of the comment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from memhon.catalogue import FindingText
from memhon.errors import MemhonError
from memhon.site import notebook
from memhon.site.access_part import access_part
from memhon.site.chain_diagram import chain_diagram
from memhon.site.composition import Material
from memhon.site.journey_page import journeys_table
from memhon.site.journeys import journeys_of
from memhon.site.markup import cell, fence, link, table
from memhon.site.platform_part import platform_requests
from memhon.site.programs import programs_markdown, recomputed
from memhon.site.reference_pages import FINDINGS
from memhon.site.signing_part import signing_part
from memhon.site.usage_part import usage_part
from memhon.site.vectors import vector_markdown, vectors_table

_T = TypeVar("_T")
Part = Callable[[str, str], str]
"""Address of the page and argument of the comment → Markdown."""


def parts_of(material: Material) -> Mapping[str, Part]:
    """The parts that the material of one build offers.

    ``<!-- memhon:chain -->`` is the diagram of the chain, ``memhon:signing PROFILE`` a signing
    profile, ``memhon:vector ID`` a worked vector, ``memhon:notebook NAME`` an executed notebook,
    ``memhon:faults PREFIX…`` the findings whose ids begin so, ``memhon:vectors`` the list of all
    vectors, ``memhon:programs`` the sources that recompute them, ``memhon:recomputed ID`` what they
    print, ``memhon:journeys`` the list of journeys, ``memhon:usage PART`` a part
    of the page on usage, ``memhon:access PART`` one of the page on the access log,
    ``memhon:platform`` the requests of the platform's API.
    """
    vectors = {vector.id: vector for vector in material.vectors}
    findings = tuple(material.catalogue.findings.values())
    return {
        "chain": lambda _here, _argument: chain_diagram(),
        "signing": lambda here, name: signing_part(
            here, _known(material.catalogue.signing, name, here)
        ),
        "vector": lambda here, name: vector_markdown(here, _known(vectors, name, here)),
        "vectors": lambda here, _argument: vectors_table(here, material.vectors),
        "programs": lambda here, _argument: programs_markdown(here, material.programs),
        "recomputed": lambda here, name: fence(
            recomputed(_known(vectors, name, here).data), "text"
        ),
        "notebook": lambda here, name: _notebook(here, name, material),
        "journeys": lambda here, _argument: journeys_table(
            here, journeys_of(material.executed), material.catalogue
        ),
        "access": lambda here, what: access_part(here, what, material.catalogue.access),
        "usage": lambda here, what: usage_part(here, what, material.catalogue, material.usage),
        "platform": lambda _here, _argument: platform_requests(),
        "faults": lambda here, prefixes: _faults(here, tuple(prefixes.split()), findings),
    }


def _known(found: Mapping[str, _T], name: str, here: str) -> _T:
    if name not in found:
        raise MemhonError(f"{here} : « {name} » n'existe pas dans cette construction")
    return found[name]


def _notebook(here: str, name: str, material: Material) -> str:
    executed = _known(material.executed, name, here)
    address = f"telechargements/carnets/{name}.ipynb"
    button = (
        f'<a class="md-button" download href="{link(here, address)}">'
        "Télécharger le carnet avec ses résultats</a>"
    )
    return f"{button}\n\n{notebook.part(executed).strip()}"


def _faults(here: str, prefixes: tuple[str, ...], findings: tuple[FindingText, ...]) -> str:
    rows = [
        (_linked(here, finding), cell(finding.texts["fr"].title), _fault(finding))
        for finding in findings
        if finding.id.startswith(prefixes)
    ]
    if not rows:
        raise MemhonError(f"{here} : aucune anomalie ne commence par {' '.join(prefixes)}")
    return table(("Identifiant", "Anomalie", "`faultcode`"), rows)


def _linked(here: str, finding: FindingText) -> str:
    return f'<a href="{link(here, FINDINGS, finding.id.lower())}">{finding.id}</a>'


def _fault(finding: FindingText) -> str:
    return f"`soap:{finding.side}.{finding.fault}`" if finding.fault else "chez le client"
