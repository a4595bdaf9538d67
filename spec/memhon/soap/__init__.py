"""SOAP 1.1 as the synchronous exchange speaks it: envelope, fault, correlation comment.

This room writes and reads the paper around a message. It must not know any webservice, nor what a
message says, nor how bytes travel.
"""

from lxml.etree import _Element as Element

from memhon.soap.correlation import Correlation, comment, correlation_id, identifier
from memhon.soap.fault import Fault, FaultItem, fault_tree, read_fault, write_fault
from memhon.soap.names import FAULT_NAMESPACE
from memhon.soap.reading import Envelope, open_envelope
from memhon.soap.writing import (
    answer_tree,
    document,
    empty_answer,
    finish,
    request_tree,
    write_answer,
    write_request,
)

__all__ = [
    "FAULT_NAMESPACE",
    "Correlation",
    "Element",
    "Envelope",
    "Fault",
    "FaultItem",
    "answer_tree",
    "comment",
    "correlation_id",
    "document",
    "empty_answer",
    "fault_tree",
    "finish",
    "identifier",
    "open_envelope",
    "read_fault",
    "request_tree",
    "write_answer",
    "write_fault",
    "write_request",
]
