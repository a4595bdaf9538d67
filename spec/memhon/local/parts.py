"""What answers at the desk besides diagnosis and control."""

from __future__ import annotations

from memhon.home import pki_path
from memhon.local.screens import Desk, screens_part
from memhon.platform import create_platform, platform_part
from memhon.platform.handover import HandOver, handover_part
from memhon.sandbox import DeskPart
from memhon.security import PLATFORM, Pki


def desk_parts(desk: Desk, hand_over: HandOver) -> tuple[DeskPart, ...]:
    """The parts of the desk of one sandbox.

    Args:
        desk: What the screens show.
        hand_over: Of its platform.
    """
    pki = Pki(pki_path())
    platform = create_platform(desk.store, desk.clock, lambda: pki.service(PLATFORM))
    return platform_part(platform), handover_part(hand_over), screens_part(desk)
