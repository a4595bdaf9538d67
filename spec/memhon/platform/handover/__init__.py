"""The hand-over: what the platform keeps goes to the synchronous exchange, over the wire.

Deposits first, then consents, then cancellations, each from the oldest on. It must not know how
the exchange decides, and it changes a document only by comparing and setting.
"""

from memhon.platform.handover.desk import HANDOVER, handover_part
from memhon.platform.handover.report import Handed, HandOverReport, Outcome, Phase
from memhon.platform.handover.rounds import Rounds
from memhon.platform.handover.running import HandOver

__all__ = [
    "HANDOVER",
    "HandOver",
    "HandOverReport",
    "Handed",
    "Outcome",
    "Phase",
    "Rounds",
    "handover_part",
]
