"""The table of everything that the platform's API answers; each subject has a module of its own."""

from __future__ import annotations

from memhon.platform.operations import Operation

OPERATIONS: tuple[Operation, ...] = ()
"""In the order of the published description."""
