"""What answers at the desk besides diagnosis and control."""

from __future__ import annotations

from memhon.home import pki_path
from memhon.platform import create_platform, platform_part
from memhon.platform.handover import HandOver, handover_part
from memhon.sandbox import Control, DeskPart
from memhon.security import PLATFORM, Pki


def desk_parts(control: Control, hand_over: HandOver) -> tuple[DeskPart, ...]:
    """The parts of the desk of one sandbox."""
    pki = Pki(pki_path())
    platform = create_platform(control.store, control.clock, lambda: pki.service(PLATFORM))
    return platform_part(platform), handover_part(hand_over)
