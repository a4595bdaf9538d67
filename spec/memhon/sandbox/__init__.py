"""The counterpart: answers the synchronous exchange on the loopback address.

It must not know the client, and it opens no outgoing connection. Webservices are known only to
``behaviours``; everything else follows from the catalogue.
"""

from memhon.sandbox.app import EXCHANGE_PATH, create_app
from memhon.sandbox.context import Rules, rules_of
from memhon.sandbox.exchange import Answer, SynchronousExchange
from memhon.sandbox.numbering import Numbering
from memhon.sandbox.server import Server

__all__ = [
    "EXCHANGE_PATH",
    "Answer",
    "Numbering",
    "Rules",
    "Server",
    "SynchronousExchange",
    "create_app",
    "rules_of",
]
