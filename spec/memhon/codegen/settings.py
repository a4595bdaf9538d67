"""How xsdata writes our bindings, and the one defect of it that is cured."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from xsdata.codegen.models import Restrictions
from xsdata.models.config import DocstringStyle, GeneratorConfig, StructureStyle


def configuration(package: str) -> GeneratorConfig:
    """The settings of one run: one module a file, slots, compound fields, no date."""
    config = GeneratorConfig()
    output = config.output
    output.package = package
    output.structure_style = StructureStyle.FILENAMES
    output.docstring_style = DocstringStyle.GOOGLE
    output.relative_imports = True
    output.max_line_length = 100
    output.format.slots = True
    output.compound_fields.enabled = True
    output.compound_fields.default_name = "choix"
    output.include_header = False
    return config


@contextmanager
def nillable_kept() -> Iterator[None]:
    """Keep ``nillable`` when an element's type is a named simple type; xsdata 26.10 loses it."""
    original = Restrictions.merge

    def merge(self: Restrictions, source: Restrictions) -> None:
        original(self, source)
        if source.nillable and self.nillable is None:
            self.nillable = True

    Restrictions.merge = merge  # type: ignore[method-assign]
    try:
        yield
    finally:
        Restrictions.merge = original  # type: ignore[method-assign]
