"""The printed forms of the catalogue's examples, offered beside the page that explains them."""

from __future__ import annotations

from memhon.catalogue import Catalogue
from memhon.messages import parse
from memhon.pdf import FEE_NOTE, PARTS, picture, print_fee_note, print_payment
from memhon.site.downloads import Download

FOLDER = "ra/imprimes"
NOTE = f"{FOLDER}/memoire.pdf"
PAYMENT = f"{FOLDER}/document-pid.pdf"
_EXAMPLE = "rich"


def printed(catalogue: Catalogue) -> tuple[Download, ...]:
    """One PDF of each form, and a picture of its first page."""
    messages = [
        parse(example.data)
        for exchange in catalogue.exchanges
        for example in catalogue.examples(exchange.id)
        if example.name == _EXAMPLE
    ]
    note = next(message for message in messages if isinstance(message, FEE_NOTE))
    parts = [message for message in messages if isinstance(message, PARTS)]
    made = {NOTE: print_fee_note(note).data, PAYMENT: print_payment(parts).data}
    pictures = {
        address.replace(".pdf", ".png"): picture(document) for address, document in made.items()
    }
    return tuple(Download("", address, data) for address, data in (made | pictures).items())
