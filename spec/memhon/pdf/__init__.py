"""Printed forms: the fee note as a PDF, the patient's document of a direct payment, and embedding.

It takes bindings and gives bytes; the same message gives the same bytes. It must not know how a
message was received or judged, nor files of the user: whoever calls it has validated the message.
"""

from memhon.pdf.embedding import embed
from memhon.pdf.fee_note import FEE_NOTE, print_fee_note
from memhon.pdf.payment import PARTS, print_payment
from memhon.pdf.picturing import picture
from memhon.pdf.printing import Printing

__all__ = ["FEE_NOTE", "PARTS", "Printing", "embed", "picture", "print_fee_note", "print_payment"]
