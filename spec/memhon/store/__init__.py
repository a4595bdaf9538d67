"""Remembers what the sandbox received and computed; the only room that writes SQL.

It keeps plain values. It must not know XML, HTTP or the meaning of an amount.
"""

from memhon.store.accesses import AccessEntry, Accesses, AccessFilter, AccessPlace
from memhon.store.circumstances import ClockState
from memhon.store.migrating import REVISION
from memhon.store.opening import open_store, shown_place
from memhon.store.platform import PlatformStore
from memhon.store.platform_records import (
    DocumentPage,
    DocumentStatus,
    PlatformConsent,
    PlatformDocument,
)
from memhon.store.records import (
    Cancellation,
    Deposit,
    DepositEntry,
    DepositPage,
    IssuedToken,
    Obstacle,
    Outcome,
    RefusedMessage,
    Status,
)
from memhon.store.refused import RefusedBounds, RefusedMessages
from memhon.store.simulated import (
    Claimant,
    Contestation,
    Hindrance,
    NoteHistory,
    Payment,
    SimulatedAnomaly,
    SimulatedLine,
    Simulation,
    SimulationOutcome,
    State,
)
from memhon.store.store import Store
from memhon.store.switches import Switch, Switches
from memhon.store.trouble import CopyError, DuplicateError
from memhon.store.usage import UsageCount, UsageCounts, UsageKind
from memhon.store.views import Page, Settled, Views
from memhon.store.wire import WireBounds, WireEntry, WireExchange, WireLog, WirePage

__all__ = [
    "REVISION",
    "AccessEntry",
    "AccessFilter",
    "AccessPlace",
    "Accesses",
    "Cancellation",
    "Claimant",
    "ClockState",
    "Contestation",
    "CopyError",
    "Deposit",
    "DepositEntry",
    "DepositPage",
    "DocumentPage",
    "DocumentStatus",
    "DuplicateError",
    "Hindrance",
    "IssuedToken",
    "NoteHistory",
    "Obstacle",
    "Outcome",
    "Page",
    "Payment",
    "PlatformConsent",
    "PlatformDocument",
    "PlatformStore",
    "RefusedBounds",
    "RefusedMessage",
    "RefusedMessages",
    "Settled",
    "SimulatedAnomaly",
    "SimulatedLine",
    "Simulation",
    "SimulationOutcome",
    "State",
    "Status",
    "Store",
    "Switch",
    "Switches",
    "UsageCount",
    "UsageCounts",
    "UsageKind",
    "Views",
    "WireBounds",
    "WireEntry",
    "WireExchange",
    "WireLog",
    "WirePage",
    "open_store",
    "shown_place",
]
