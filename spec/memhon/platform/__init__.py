"""The exchange platform for the RA: REST, file rules, hand-over to the synchronous exchange.

It must not know how the synchronous exchange decides: it is one of its clients, over the wire.
"""

from memhon.platform.callers import Caller, PlatformError, Role
from memhon.platform.login import LOGIN
from memhon.platform.mounting import create_platform, platform_part
from memhon.platform.operations import BASE, FORMATS, Operation
from memhon.platform.services import Platform
from memhon.platform.table import OPERATIONS

__all__ = [
    "BASE",
    "FORMATS",
    "LOGIN",
    "OPERATIONS",
    "Caller",
    "Operation",
    "Platform",
    "PlatformError",
    "Role",
    "create_platform",
    "platform_part",
]
