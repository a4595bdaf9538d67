"""Every item of « Bad input », and what is said of it: file name → (content, verdict, findings).

The test asserts the verdict and the findings, ``tests/bench/hostile.py`` prints what each costs.
"""

import base64
import gzip
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from hostile_files import (
    airy,
    damaged,
    deposit,
    deposit_name,
    deposited,
    encrypted,
    fault,
    laughs,
    noise,
    overlapping,
    zipped,
)
from memhon.catalogue import load

INVALID, UNDECIDED, VALID = "invalid", "undecided", "valid"


@dataclass(frozen=True, slots=True)
class Case:
    """One bad, or surprisingly good, file."""

    build: Callable[[], bytes]
    """Makes the file; large ones are not kept."""
    verdict: str
    findings: tuple[str, ...] = ()
    """Ids, each once, in the order of the report."""


def entity(declarations: str, use: str = "&x;") -> Case:
    """A document type with those declarations."""
    text = f"<!DOCTYPE a [{declarations}]><a>{use}</a>"
    return Case(text.encode, INVALID, ("FORM-008",))


def form(data: bytes, finding: str) -> Case:
    """An invalid file of that content."""
    return Case(lambda: data, INVALID, (finding,))


def limit(build: Callable[[], bytes], finding: str) -> Case:
    """A file that is left undecided."""
    return Case(build, UNDECIDED, (finding,))


TEXTS: dict[str, Case] = {
    "empty": form(b"", "FORM-001"),
    "not xml": form(b"Bonjour, voici le message.", "FORM-002"),
    "truncated": Case(lambda: deposit()[:700], INVALID, ("FORM-003",)),
    "two roots": Case(lambda: deposit() + b"<a/>", INVALID, ("FORM-005",)),
    "mismatched tag": form(b"<a><b></a></b>", "FORM-004"),
    "wrong encoding declaration": form(b'<?xml version="1.0" encoding="klingon"?><a/>', "FORM-006"),
    "invalid utf-8": form(b"<a>\xe9t\xe9</a>", "FORM-006"),
    "utf-16": Case(lambda: deposit().decode().replace("UTF-8", "UTF-16").encode("utf-16"), VALID),
    "utf-7": form(b'<?xml version="1.0" encoding="UTF-7"?><a>+AOk-</a>', "FORM-006"),
    "nul": form(b"<a>1\x002</a>", "FORM-007"),
    "control character reference": form(b"<a>&#1;</a>", "FORM-007"),
    "cdata": Case(lambda: deposited(b"<numeroLigne>1<", b"<numeroLigne><![CDATA[1]]><"), VALID),
    "comment in a number": Case(
        lambda: deposited(b"<numeroLigne>1<", b"<numeroLigne>1<!-- x -->0<"),
        INVALID,
        ("FORM-010",),
    ),
    "instruction in a number": Case(
        lambda: deposited(b"<numeroLigne>1<", b"<numeroLigne>1<?x y?>0<"), INVALID, ("FORM-011",)
    ),
    "unknown root": form(b"<facture/>", "FORM-012"),
    "right root, wrong namespace": Case(
        lambda: deposited(b"http://www.secu.lu/ciss/cns", b"http://www.secu.lu/cns"),
        INVALID,
        ("FORM-013",),
    ),
    "qualified for unqualified": Case(
        lambda: (
            deposit()
            .replace(b"<prestation>", b"<ms2:prestation>")
            .replace(b"</prestation>", b"</ms2:prestation>")
        ),
        INVALID,
        ("XSD-003",),
    ),
    "unqualified for qualified": Case(
        lambda: (
            load().example("pid-sim", "request", "minimal").data.replace(b"cns:Lignes>", b"Lignes>")
        ),
        INVALID,
        ("XSD-003",),
    ),
}
ENTITIES: dict[str, Case] = {
    "doctype internal": entity("<!ELEMENT a ANY>", ""),
    "doctype external": form(b'<!DOCTYPE a SYSTEM "a.dtd"><a/>', "FORM-008"),
    "doctype by http": form(b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>', "FORM-008"),
    "entity file": entity('<!ENTITY x SYSTEM "file:///etc/hostname">'),
    "entity http": entity('<!ENTITY x SYSTEM "http://127.0.0.1:9/x">'),
    "entity parameter": entity('<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p;', ""),
    "billion laughs": entity(laughs(), "&l11;"),
    "billion laughs in an attribute": entity(laughs(), '<b c="&l11;"/>'),
    "quadratic blow-up": entity(f'<!ENTITY x "{"x" * 50_000}">', "&x;" * 50_000),
    "entity undefined": form(b"<a>&nbsp;</a>", "FORM-009"),
    "entities undefined, 300,000": Case(
        lambda: b"<a>" + b"&x;" * 300_000 + b"</a>", INVALID, ("FORM-009",)
    ),
}
SIZES: dict[str, Case] = {
    "255 levels": Case(lambda: b"<a>" * 255 + b"</a>" * 255, INVALID, ("FORM-012",)),
    "257 levels": limit(lambda: b"<a>" * 257 + b"</a>" * 257, "LIMIT-002"),
    "100,000 levels": limit(lambda: b"<a>" * 100_000 + b"</a>" * 100_000, "LIMIT-002"),
    "11 MB text": limit(lambda: b"<a>" + b"x" * 11_000_000 + b"</a>", "LIMIT-003"),
    "11 MB attribute": limit(lambda: b'<a b="' + b"x" * 11_000_000 + b'"/>', "LIMIT-003"),
    "11 MB comment": limit(lambda: b"<a><!--" + b"x" * 11_000_000 + b"--></a>", "LIMIT-003"),
    "11 MB name": limit(lambda: b"<" + b"a" * 11_000_000 + b"/>", "LIMIT-003"),
    "60 kB name": limit(lambda: b"<" + b"a" * 60_000 + b"/>", "LIMIT-003"),
    "two cdata of 8 MB": limit(
        lambda: b"<a>" + 2 * (b"<![CDATA[" + b"x" * 8_000_000 + b"]]>") + b"</a>", "LIMIT-003"
    ),
    "50,000 attributes": limit(
        lambda: b"<a " + b" ".join(b'a%d="1"' % n for n in range(50_000)) + b"/>", "LIMIT-004"
    ),
    "50,000 namespaces": limit(
        lambda: b"<a " + b" ".join(b'xmlns:a%d="u"' % n for n in range(50_000)) + b"/>",
        "LIMIT-004",
    ),
    "1,000,000 attributes": limit(
        lambda: b"<a " + b" ".join(b'a%d="1"' % n for n in range(1_000_000)) + b"/>", "LIMIT-006"
    ),
    "83,000 elements with an attribute": Case(
        lambda: b"<a>" + b'<a b="1"/>x' * 83_000 + b"</a>", INVALID, ("FORM-012",)
    ),
    "83,000 elements with a namespace": Case(
        lambda: b"<a>" + b'<a xmlns="u"/>x' * 83_000 + b"</a>", INVALID, ("FORM-012",)
    ),
    "17 MB": limit(lambda: b"<a>" + b"x" * 17_000_000 + b"</a>", "LIMIT-001"),
    "3,000,000 elements": limit(lambda: b"<a>" + b"<a/>x" * 3_000_000 + b"</a>", "LIMIT-006"),
    "124,999 elements": Case(
        lambda: b"<a>" + b"<a></a>x" * 124_999 + b"</a>", INVALID, ("FORM-012",)
    ),
    "5,000 lines": Case(lambda: deposit(lines=5000), VALID),
    "1,000 wrong lines": Case(
        lambda: deposit(lines=1000).replace(b"<nombre>1<", b"<nombre>0<"), INVALID, ("XSD-015",)
    ),
    "7 MB pdf": Case(lambda: deposit(pdf=7_000_000), VALID),
    "8 MB pdf": limit(lambda: deposit(pdf=8_000_000), "LIMIT-003"),
}
MISTAKES: dict[str, Case] = {
    "soap fault": Case(fault, INVALID, ("FORM-028",)),
    "gzip": Case(lambda: gzip.compress(deposit()), INVALID, ("FORM-021",)),
    "zip unnamed": Case(lambda: zipped(("a.xml", deposit())), INVALID, ("FORM-022",)),
    "pdf": form(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj", "FORM-023"),
    "pdf after junk": form(b"\r\n\r\n%PDF-1.7\n<< /Type >>", "FORM-023"),
    "pdf of 20 MB": Case(lambda: b"%PDF-1.7\n" + bytes(20_000_000), INVALID, ("FORM-023",)),
    "word": form(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), "FORM-024"),
    "docx": Case(
        lambda: zipped(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>")),
        INVALID,
        ("FORM-024",),
    ),
    "rtf": form(b"{\\rtf1\\ansi Bonjour}", "FORM-024"),
    "json": form(b'{\n  "memoire": {"numero": 1}\n}', "FORM-025"),
    "json array": form(b'[{"a": 1}]', "FORM-025"),
    "json utf-16": form('{"a": 1}'.encode("utf-16"), "FORM-025"),
    "html": form(b"<!DOCTYPE html>\n<html><body><br>503</body></html>", "FORM-026"),
    "html well-formed": form(b"<html><body>503</body></html>", "FORM-026"),
    "html well-formed doctype": form(b"<!DOCTYPE html><html/>", "FORM-026"),
    "xhtml": form(b'<html xmlns="http://www.w3.org/1999/xhtml"/>', "FORM-026"),
    "png": form(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "FORM-027"),
    "jpeg": form(b"\xff\xd8\xff\xe0\x00\x10JFIF", "FORM-027"),
    "base64": Case(lambda: base64.b64encode(deposit()), INVALID, ("FORM-029",)),
    "base64 in lines": Case(lambda: base64.encodebytes(deposit()), INVALID, ("FORM-029",)),
    "base64 of a pdf": Case(
        lambda: base64.b64encode(b"%PDF-1.4" + bytes(99)), INVALID, ("FORM-029",)
    ),
    "a word of base64 letters": form(b"a" * 5000, "FORM-002"),
}
ARCHIVES: dict[str, Case] = {
    "good.zip": Case(lambda: zipped((deposit_name(), deposit())), VALID),
    "folder.zip": Case(lambda: zipped(("a/", b""), ("a/b.xml", deposit())), VALID),
    "5,000 lines.zip": Case(lambda: zipped(("a.xml", deposit(lines=5000))), VALID),
    "no.zip": Case(lambda: b"<a/>", INVALID, ("ZIP-001",)),
    "nothing.zip": Case(lambda: b"", INVALID, ("ZIP-001",)),
    "cut.zip": Case(lambda: zipped(("a.xml", deposit()))[:-30], INVALID, ("ZIP-001",)),
    "overlap.zip": Case(overlapping, INVALID, ("ZIP-001",)),
    "no file.zip": Case(lambda: zipped(("a/", b"")), INVALID, ("ZIP-002",)),
    "10,001 files.zip": limit(
        lambda: zipped(*((f"{n}.xml", b"") for n in range(10_001))), "ZIP-003"
    ),
    "large packed.zip": limit(lambda: noise(1) * 6, "ZIP-004"),
    "large unpacked.zip": limit(
        lambda: zipped(*((f"{n}.xml", airy(n)) for n in range(18))), "ZIP-004"
    ),
    "20 MB of other files.zip": Case(
        lambda: zipped(*((f"{n}.xml", airy(n)) for n in range(5))),
        INVALID,
        ("FORM-002",),
    ),
    "bomb.zip": limit(lambda: zipped(("a.xml", bytes(60_000_000))), "ZIP-005"),
    "large file.zip": limit(lambda: zipped(("a.xml", noise(1) * 2)), "LIMIT-001"),
    "encrypted.zip": Case(encrypted, INVALID, ("ZIP-006",)),
    "nested.zip": Case(
        lambda: zipped(("a.zip", zipped(("a.xml", deposit())))), INVALID, ("ZIP-007",)
    ),
    "twice.zip": Case(
        lambda: zipped(("a.xml", deposit()), ("b.xml", deposit())).replace(b"b.xml", b"a.xml"),
        INVALID,
        ("ZIP-008",),
    ),
    "dots.zip": Case(lambda: zipped(("../a.xml", deposit())), INVALID, ("ZIP-009",)),
    "absolute.zip": Case(lambda: zipped(("/etc/a.xml", deposit())), INVALID, ("ZIP-009",)),
    "drive.zip": Case(lambda: zipped(("C:a.xml", deposit())), INVALID, ("ZIP-009",)),
    "escape.zip": Case(lambda: zipped(("a\x1b[2J.xml", deposit())), INVALID, ("ZIP-009",)),
    "bzip2.zip": Case(
        lambda: zipped(("a.xml", deposit()), method=zipfile.ZIP_BZIP2), INVALID, ("ZIP-010",)
    ),
    "damaged.zip": Case(damaged, INVALID, ("ZIP-011",)),
    "bad entry.zip": Case(
        lambda: zipped(("a.xml", deposit()), ("b.xml", b"")), INVALID, ("FORM-001",)
    ),
    "deposit good.zip": Case(lambda: zipped((deposit_name(), deposit())), VALID),
    "deposit two.zip": Case(
        lambda: zipped((deposit_name(1), deposit()), (deposit_name(2), deposit())),
        INVALID,
        ("ZIP-012",),
    ),
    "deposit name.zip": Case(lambda: zipped(("memoire.xml", deposit())), INVALID, ("ZIP-013",)),
    "deposit folder.zip": Case(
        lambda: zipped(("a/" + deposit_name(), deposit())), INVALID, ("ZIP-013",)
    ),
    "deposit both.zip": Case(
        lambda: zipped(("a.xml", deposit()), ("b.xml", deposit())),
        INVALID,
        ("ZIP-012", "ZIP-013"),
    ),
}
CASES = {**TEXTS, **ENTITIES, **SIZES, **MISTAKES, **ARCHIVES}
