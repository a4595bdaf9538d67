"""The counterpart: answers the synchronous exchange on the loopback address.

It must not know the client, and it opens no outgoing connection. Webservices are known only to
``behaviours``; everything else follows from the catalogue.
"""

from memhon.sandbox.access_formats import FORMS
from memhon.sandbox.access_log import COMMAND, Read, Reader, local_reader, write_down
from memhon.sandbox.access_query import rows_of, wanted_by
from memhon.sandbox.app import EXCHANGE_PATH, IDENTITY_PATH, TOKEN_PATH, Services, create_app
from memhon.sandbox.bodies import read_body
from memhon.sandbox.context import Rules, rules_of
from memhon.sandbox.control import Control, Told
from memhon.sandbox.copies import Row, rows_in, write_copy, write_rows
from memhon.sandbox.desk import DeskPart, create_desk
from memhon.sandbox.desk_control import ControlDesk
from memhon.sandbox.diagnostics import Diagnostics, Sweeper
from memhon.sandbox.exchange import SynchronousExchange
from memhon.sandbox.faults import Faults
from memhon.sandbox.gate import Gate, ServiceKeys
from memhon.sandbox.identity import IdentityProvider
from memhon.sandbox.numbering import Numbering, numbering_in
from memhon.sandbox.population import populate
from memhon.sandbox.server import HOST, Server, listen
from memhon.sandbox.switchboard import Effect, Switchboard, rule
from memhon.sandbox.timekeeping import StoreClock, Timekeeper
from memhon.sandbox.tokenservice import TokenService
from memhon.sandbox.voice import Answer
from memhon.sandbox.wiretap import Wiretap
from memhon.sandbox.wishes import WishError, keys, misunderstood, read_wish

__all__ = [
    "COMMAND",
    "EXCHANGE_PATH",
    "FORMS",
    "HOST",
    "IDENTITY_PATH",
    "TOKEN_PATH",
    "Answer",
    "Control",
    "ControlDesk",
    "DeskPart",
    "Diagnostics",
    "Effect",
    "Faults",
    "Gate",
    "IdentityProvider",
    "Numbering",
    "Read",
    "Reader",
    "Row",
    "Rules",
    "Server",
    "ServiceKeys",
    "Services",
    "StoreClock",
    "Sweeper",
    "Switchboard",
    "SynchronousExchange",
    "Timekeeper",
    "TokenService",
    "Told",
    "Wiretap",
    "WishError",
    "create_app",
    "create_desk",
    "keys",
    "listen",
    "local_reader",
    "misunderstood",
    "numbering_in",
    "populate",
    "read_body",
    "read_wish",
    "rows_in",
    "rows_of",
    "rule",
    "rules_of",
    "wanted_by",
    "write_copy",
    "write_down",
    "write_rows",
]
