"""The files that bad input is made of: messages of any size, archives of any wrongness."""

import base64
import io
import random
import struct
import zipfile

from lxml import etree

from memhon.catalogue import load

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"


def deposit(lines: int = 1, pdf: int = 0) -> bytes:
    """A valid deposit with that many lines and a document of that many bytes."""
    root = etree.fromstring(load().example("ra-depot", "request", "minimal").data)
    first = root.find("prestation")
    assert first is not None
    for other in root.findall("prestation")[1:]:
        root.remove(other)
    for number in range(lines, 1, -1):
        copy = etree.fromstring(etree.tostring(first))
        copy.find("numeroLigne").text = str(number)
        first.addnext(copy)
    if pdf:
        etree.SubElement(root, "document").text = base64.b64encode(
            b"%PDF-1.4 " + bytes(pdf - 9)
        ).decode()
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def zipped(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive of those files; a name may come twice."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name), data, compress_type=method)
    return buffer.getvalue()


def deposit_name(serial: int = 1) -> str:
    """A file name that follows the rule of deposits, of a fictitious provider."""
    code = next(provider.code for provider in load().providers)
    provider = "90" + code[2:]
    uuid = "-".join(["abcdefab", "abcd", "abcd", "abcd", "abcdefabcdef"])
    return f"F{provider}202612_MED_MHM_{serial:03d}_0101_{uuid}.xml"


def encrypted() -> bytes:
    """A zip archive whose one file claims to be encrypted."""
    data = bytearray(zipped((deposit_name(), deposit())))
    central = data.index(b"PK\x01\x02")
    for flags in (6, central + 8):
        (value,) = struct.unpack_from("<H", data, flags)
        struct.pack_into("<H", data, flags, value | 1)
    return bytes(data)


def damaged() -> bytes:
    """A zip archive with one wrong byte in its file."""
    data = bytearray(zipped(("a.xml", deposit()), method=zipfile.ZIP_STORED))
    data[200] ^= 1
    return bytes(data)


def overlapping() -> bytes:
    """A zip archive two names of which stand for the same bytes."""
    data = bytearray(zipped(("a.xml", deposit()), ("b.xml", deposit())))
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    struct.pack_into("<I", data, second + 42, 0)
    return bytes(data)


def deposited(old: bytes, new: bytes, count: int = 1) -> bytes:
    """The minimal deposit with one replacement, which must be possible."""
    data = deposit()
    assert old in data, old
    return data.replace(old, new, count)


def laughs() -> str:
    """Ten entities, each ten times the one before."""
    parts = ['<!ENTITY l0 "lol">']
    parts += [f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12)]
    return "".join(parts)


def fault() -> bytes:
    """A SOAP fault in its envelope."""
    inside = "<faultcode>s:Server</faultcode><faultstring>Indisponible</faultstring>"
    body = f"<s:Body><s:Fault>{inside}</s:Fault></s:Body>"
    return f'<s:Envelope xmlns:s="{SOAP}">{body}</s:Envelope>'.encode()


def airy(seed: int) -> bytes:
    """Four megabytes that pack to about a twentieth."""
    part = noise(seed)
    return b"".join(
        b"%07d" % seed + part[at : at + 500] + b" " * 9_500 for at in range(0, 200_000, 500)
    )


def noise(seed: int) -> bytes:
    """Twelve megabytes that hardly pack, the same for the same seed."""
    return random.Random(seed).randbytes(12_000_000)
