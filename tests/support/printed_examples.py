"""The printed fee note inside the catalogue's examples; run as a script to write it anew.

``make regenerate`` does so after a change of the form, its words, its template, the example or the
version of Typst; a test compares.
"""

import re
import sys
from pathlib import Path

from memhon.messages import parse
from memhon.pdf import embed, print_fee_note

EXAMPLES = Path(__file__).resolve().parents[2] / "spec/memhon/catalogue/examples"
DEPOSIT = EXAMPLES / "ra-depot/request-rich.xml"
READ = EXAMPLES / "ra-doc/response-rich.xml"
"""The answer that gives the same note back, with the same PDF."""
_DOCUMENT = re.compile(rb"(?<=<document>)[^<]+(?=</document>)")


def fresh() -> dict[Path, bytes]:
    """The examples that hold a PDF, with one that is printed now."""
    data = DEPOSIT.read_bytes()
    made, _ = embed(data, print_fee_note(parse(data)).data, replace=True)
    (encoded,) = _DOCUMENT.findall(made)
    return {DEPOSIT: made, READ: _DOCUMENT.sub(encoded, READ.read_bytes())}


def main() -> int:
    """Write the examples.

    Returns:
        0, for the shell.
    """
    for path, data in fresh().items():
        path.write_bytes(data)
        print(f"{path.relative_to(EXAMPLES)}: {len(data)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
