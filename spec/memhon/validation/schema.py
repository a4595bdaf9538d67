"""Layer « schéma »: the published schema decides; what it fails to check is said as a warning."""

from __future__ import annotations

from collections.abc import Sequence

from memhon.findings import Finding, make
from memhon.intake import Recognised, xpath_of
from memhon.schemas import compiled, compiled_envelope, findings_of, is_loose, strict
from memhon.validation.run import Run


def check_schema(run: Run) -> Sequence[Finding]:
    """Compare the recognised message with its schema.

    Raises:
        SchemaError: The schema cannot be compiled.
    """
    recognised = run.recognised
    if recognised is None:
        raise ValueError("the schema layer needs a recognised message")
    message, element = recognised.message, recognised.element
    found = (
        *_carrier_findings(recognised, show_values=run.show_values),
        *findings_of(compiled(message), element, message, show_values=run.show_values),
    )
    if found or not is_loose(message):
        return found
    return (_unchecked(recognised), *_differences(recognised, show_values=run.show_values))


def _carrier_findings(recognised: Recognised, *, show_values: bool) -> tuple[Finding, ...]:
    carrier = recognised.element.getparent()
    if not recognised.enveloped or carrier is None:
        return ()
    message = recognised.message
    found = findings_of(compiled_envelope(), carrier, message, show_values=show_values)
    # the payload is judged by its own schema: the carrier's knows none of the types it names
    own = xpath_of(carrier, carrier, message.prefixes)
    return tuple(finding for finding in found if finding.xpath in (None, own))


def _unchecked(recognised: Recognised) -> Finding:
    message = recognised.message
    untyped = message.root if message.bind else ", ".join(message.bind_elements)
    expected = message.bind or ", ".join(message.bind_elements.values())
    line = recognised.element.sourceline
    return make("XSD-030", line=line, element=untyped, expected=expected)


def _differences(recognised: Recognised, *, show_values: bool) -> tuple[Finding, ...]:
    message, element = recognised.message, recognised.element
    return tuple(
        make(
            "XSD-031",
            line=finding.line,
            xpath=finding.xpath,
            element=finding.element,
            found=finding.found,
            expected=finding.expected,
            detail=f"{finding.id} : {finding.wording('fr').title}",
        )
        for finding in findings_of(strict(message), element, message, show_values=show_values)
    )
