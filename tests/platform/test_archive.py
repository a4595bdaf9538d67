"""The archive of a deposit: one file, well named, and nothing that a zip could hide."""

import struct
import zipfile

import pytest

import fee_notes
from hostile_files import encrypted
from platform_desk import entry, uuid, zipped


def files(*extra, name=None):
    """An archive with a good fee note, and files besides."""
    identifier = uuid()
    return zipped((name or entry(identifier), fee_notes.deposit_xml(identifier)), *extra)


def link():
    """An archive whose file is a link to another one."""
    info = zipfile.ZipInfo(entry(uuid()))
    info.create_system, info.external_attr = 3, 0o120777 << 16
    return zipped((info, "/etc/passwd"))


def lying():
    """An archive that announces a smaller file than it holds."""
    data = bytearray(files())
    central = data.index(b"PK\x01\x02")
    struct.pack_into("<I", data, central + 24, 10)
    return bytes(data)


@pytest.mark.parametrize(
    ("make", "cause"),
    [
        (lambda: b"", "ZIP-001"),
        (lambda: b"<xml/>", "ZIP-001"),
        (lambda: files()[:-30], "ZIP-001"),
        (zipped, "ZIP-002"),
        (lambda: zipped(("folder/", b"")), "ZIP-002"),
        (lambda: zipped(*[(f"{n}.xml", b"") for n in range(101)]), "ZIP-003"),
        (lambda: zipped((entry(uuid()), bytes(20_000_000))), "ZIP-005"),
        (encrypted, "ZIP-006"),
        (lambda: zipped((entry(uuid()), files())), "ZIP-007"),
        (lambda: zipped((f"../{entry(uuid())}", b"x")), "ZIP-009"),
        (link, "ZIP-009"),
        (lying, "ZIP-011"),
        (lambda: files(("other.txt", b"x")), "ZIP-012"),
        (lambda: files((entry(uuid()), fee_notes.deposit_xml(uuid()))), "ZIP-012"),
        (lambda: files(name="memoire.xml"), "ZIP-013"),
        (lambda: files(name=f"folder/{entry(uuid())}"), "ZIP-013"),
        (lambda: files(name=entry(uuid()).replace("MHM", "MHN")), "ZIP-013"),
        (lambda: files(name=entry(uuid()).upper()), "ZIP-013"),
        (lambda: files(name=entry(uuid()) + ".xml"), "ZIP-013"),
    ],
)
def test_an_archive_that_is_not_that_of_one_fee_note(desk, make, cause):
    value = desk.refused(400, "PLA-018", "practice", "POST", desk.own, make())
    assert cause in [each["id"] for each in value["findings"]]
    assert all(len(each["fix"]) >= 60 for each in value["findings"])


def test_a_replacement_has_the_same_rules(refused):
    value = refused(400, "PLA-018", files(("other.txt", b"x")))
    assert "ZIP-012" == value["findings"][0]["id"]
