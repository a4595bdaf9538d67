"""What happens to a message on its way: text surgery on the octets of one element."""

import re
from collections.abc import Callable

from lxml import etree

from damage_signer import parsed

Cut = Callable[[bytes], bytes]


def span(data: bytes, local: str, start: int = 0) -> tuple[int, int]:
    """Where the first element of that local name stands in the text."""
    head = re.compile(rb"<([\w-]+:)?%s[\s/>]" % local.encode()).search(data, start)
    assert head is not None, local
    name = (head[1] or b"") + local.encode()
    end = data.index(b"</" + name + b">", head.start()) + len(name) + 3
    return head.start(), end


def within(local: str, change: Cut) -> Cut:
    """Change the text of one element only."""

    def cut(data: bytes) -> bytes:
        start, end = span(data, local)
        changed = change(data[start:end])
        assert changed != data[start:end], local
        return data[:start] + changed + data[end:]

    return cut


def replaced(old: str, new: str, count: int = 1) -> Cut:
    """Another text."""

    def cut(data: bytes) -> bytes:
        assert old.encode() in data, old
        return data.replace(old.encode(), new.encode(), count)

    return cut


def indented(blank: str = "  ") -> Cut:
    """The whole document laid out by a library."""

    def cut(data: bytes) -> bytes:
        root = parsed(data)
        etree.indent(root, blank)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8")

    return cut


def laid_out(data: bytes) -> bytes:
    """Line ends and blanks between the tags of some text."""
    return data.replace(b"><", b">\n    <")


def flat(data: bytes) -> bytes:
    """Without what stands between tags."""
    return re.sub(rb">\s+<", b"><", data)


def folded(local: str, width: int = 76) -> Cut:
    """The text of an element folded, as a mail library does."""

    def change(text: bytes) -> bytes:
        head, body, tail = re.fullmatch(rb"(<[^>]*>)([^<]*)(<.*)", text, re.DOTALL).groups()
        lines = [body[at : at + width] for at in range(0, len(body), width)]
        return head + b"\n".join(lines) + tail

    return within(local, change)


def unfolded(local: str) -> Cut:
    """The text of an element on one line."""
    return within(local, lambda text: text.replace(b"\n", b""))


def moved(prefix: str, towards: str) -> Cut:
    """A declaration taken from the envelope to an element below."""

    def cut(data: bytes) -> bytes:
        found = re.search(rb' xmlns:%s="[^"]*"' % prefix.encode(), data)
        data = data.replace(found[0], b"", 1)
        return re.sub(rb"<%s[^\s>/]*" % towards.encode(), rb"\g<0>" + found[0], data, count=1)

    return cut


def declared(prefix: str, uri: str) -> Cut:
    """A declaration added to the envelope."""
    return replaced(" xmlns:wsse=", f' xmlns:{prefix}="{uri}" xmlns:wsse=')


def dropped(prefix: str) -> Cut:
    """A declaration that nothing uses taken away."""
    return lambda data: re.sub(rb' xmlns:%s="[^"]*"' % prefix.encode(), b"", data, count=1)


def swapped(first: str, second: str) -> Cut:
    """Two neighbours change places."""

    def cut(data: bytes) -> bytes:
        one = slice(*span(data, first))
        two = slice(*span(data, second, one.stop))
        return (
            data[: one.start]
            + data[two]
            + data[one.stop : two.start]
            + data[one]
            + data[two.stop :]
        )

    return cut


def chain(*cuts: Cut) -> Cut:
    """One after the other."""

    def cut(data: bytes) -> bytes:
        for step in cuts:
            data = step(data)
        return data

    return cut
