"""The canonical octets of one element of a file: ``python canonicalise.py FILE ID [PREFIX …]``.

Exclusive canonicalisation without comments, with its list of prefixes, by lxml alone: what a reader
needs to reproduce a digest or a signature with ``openssl dgst``. ``SignedInfo`` instead of an id
stands for the SignedInfo of the signature in the Security header.
"""

import sys
from pathlib import Path

from lxml import etree


def main() -> None:
    """Write the octets to the standard output."""
    file, wanted, *prefixes = sys.argv[1:]
    root = etree.fromstring(Path(file).read_bytes())
    if wanted == "SignedInfo":
        (node,) = root.xpath("/*/*[1]/*/*[local-name()='Signature']/*[local-name()='SignedInfo']")
    else:
        (node,) = root.xpath("//*[@*[local-name()='Id' or local-name()='ID']=$id]", id=wanted)
    octets = etree.tostring(
        node, method="c14n", exclusive=True, with_comments=False, inclusive_ns_prefixes=prefixes
    )
    sys.stdout.buffer.write(octets)


if __name__ == "__main__":
    main()
