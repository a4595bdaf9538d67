"""The counterpart: answers the synchronous exchange on the loopback address.

It must not know the client, and it opens no outgoing connection. Webservices are known only to
``behaviours``; everything else follows from the catalogue.
"""

from memhon.sandbox.app import EXCHANGE_PATH, IDENTITY_PATH, TOKEN_PATH, Services, create_app
from memhon.sandbox.context import Rules, rules_of
from memhon.sandbox.desk import create_desk
from memhon.sandbox.diagnostics import Diagnostics, Sweeper
from memhon.sandbox.exchange import SynchronousExchange
from memhon.sandbox.gate import Gate, ServiceKeys
from memhon.sandbox.identity import IdentityProvider
from memhon.sandbox.numbering import Numbering
from memhon.sandbox.server import Server
from memhon.sandbox.tokenservice import TokenService
from memhon.sandbox.voice import Answer

__all__ = [
    "EXCHANGE_PATH",
    "IDENTITY_PATH",
    "TOKEN_PATH",
    "Answer",
    "Diagnostics",
    "Gate",
    "IdentityProvider",
    "Numbering",
    "Rules",
    "Server",
    "ServiceKeys",
    "Services",
    "Sweeper",
    "SynchronousExchange",
    "TokenService",
    "create_app",
    "create_desk",
    "rules_of",
]
