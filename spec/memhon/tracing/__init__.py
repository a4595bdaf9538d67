"""What clients did, told: every recorded call, the lives that its messages tell of, and drawings.

It reads messages as the catalogue says where things stand in them. It must not know the sandbox,
nor any webservice, and it draws nothing that was not recorded.
"""

from memhon.tracing.drawing import Drawing
from memhon.tracing.trace import Trace

__all__ = ["Drawing", "Trace"]
