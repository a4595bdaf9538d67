"""XSD → bindings, and whether the committed bindings are still what the schemas produce.

It writes ``generated/`` and knows xsdata. It must not know what a message means.
"""

from memhon.codegen.drift import check, drift
from memhon.codegen.regenerate import regenerate

__all__ = ["check", "drift", "regenerate"]
