"""The files of a zip archive: taken out, or kept closed with the finding that says why."""

import io
import struct
import zipfile

import pytest

from hostile_files import deposit, deposit_name, encrypted, zipped
from memhon.intake import Limits, archive, deposit_archive, entries

GOOD = b"<a/>"


def ids(opened):
    return [finding.id for entry in opened for finding in entry.findings]


def test_the_files_come_in_the_order_of_the_archive():
    opened = archive(zipped(("b.xml", b"<b/>"), ("a/", b""), ("a/c.xml", b"<c/>")))
    assert [("b.xml", b"<b/>"), ("a/c.xml", b"<c/>")] == [(e.name, e.data) for e in opened]
    assert [] == ids(opened)


def test_a_bad_file_does_not_hide_the_others():
    opened = archive(zipped(("../a.xml", GOOD), ("b.xml", GOOD)))
    assert [("../a.xml", None), ("b.xml", GOOD)] == [(e.name, e.data) for e in opened]
    assert ["ZIP-009"] == ids(opened)


@pytest.mark.parametrize("name", ["a\\b.xml", "\\\\host\\a", "..", "a/../../b", "a\x00b", "a\nb"])
def test_a_name_that_leads_elsewhere(name):
    plain = "n" * len(name)
    data = zipped((plain, GOOD)).replace(plain.encode(), name.encode())
    (entry,) = archive(data)
    assert ["ZIP-009"] == ids([entry])
    assert entry.name.isprintable()


@pytest.mark.parametrize("name", ["a..b.xml", "a/b/c.xml", "mémoire d'honoraires.xml", "a:b.xml"])
def test_a_name_that_may_stand(name):
    (entry,) = archive(zipped((name, GOOD)))
    assert (name, GOOD) == (entry.name, entry.data) or name == "a:b.xml"


def test_a_link_is_not_followed():
    info = zipfile.ZipInfo("a.xml")
    info.external_attr = 0o120777 << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as written:
        written.writestr(info, b"/etc/hostname")
    assert ["ZIP-009"] == ids(archive(buffer.getvalue()))


def test_the_second_of_two_names_is_closed():
    data = zipped(("a.xml", b"<a/>"), ("b.xml", b"<b/>")).replace(b"b.xml", b"a.xml")
    opened = archive(data)
    assert [b"<a/>", None] == [entry.data for entry in opened]
    assert ["ZIP-008"] == ids(opened)


def test_an_announced_size_that_lies_is_damage():
    data = bytearray(zipped(("a.xml", deposit())))
    central = data.index(b"PK\x01\x02")
    (size,) = struct.unpack_from("<I", data, central + 24)
    struct.pack_into("<I", data, central + 24, size - 10)
    assert ["ZIP-011"] == ids(archive(bytes(data)))
    struct.pack_into("<I", data, central + 24, size + 10)
    assert ["ZIP-011"] == ids(archive(bytes(data)))


def test_the_limits_can_be_moved():
    data = zipped(("a.xml", b" " * 20_000), ("b.xml", deposit()))
    assert ["ZIP-005"] == ids(archive(data))
    assert [] == ids(archive(data, limits=Limits(ratio=1000)))
    assert ["ZIP-004"] == ids(archive(data, limits=Limits(unpacked=1000)))
    assert ["ZIP-003"] == ids(archive(data, limits=Limits(entries=1)))
    assert ["LIMIT-001"] == ids(archive(data, limits=Limits(ratio=1000, size=1500)))


def test_any_byte_may_be_wrong():
    data = zipped(("a.xml", deposit()), ("b.xml", b"<b/>"))
    for position in range(len(data)):
        for wrong in (0x00, 0xFF, data[position] ^ 0x01):
            changed = data[:position] + bytes([wrong]) + data[position + 1 :]
            for entry in archive(changed):
                assert (entry.data is None) == bool(entry.findings)


def test_an_archive_may_be_cut_anywhere():
    data = zipped(("a.xml", deposit()))
    for length in range(len(data)):
        assert ["ZIP-001"] == ids(archive(data[:length]))


def test_the_files_are_unpacked_one_by_one():
    opened = entries(zipped(("a.xml", GOOD), ("b.xml", b"")))
    assert GOOD == next(opened).data


def test_a_deposit_is_one_file_with_the_name_of_the_rule():
    (entry,) = deposit_archive(zipped((deposit_name(), GOOD)))
    assert (GOOD, ()) == (entry.data, entry.findings)


def test_the_rules_of_a_deposit_leave_the_files_to_be_judged():
    opened = deposit_archive(zipped(("a.xml", GOOD), (deposit_name(), GOOD)))
    assert ["", "a.xml", deposit_name()] == [entry.name for entry in opened]
    assert ["ZIP-012", "ZIP-013"] == ids(opened)
    assert [None, GOOD, GOOD] == [entry.data for entry in opened]


def test_what_closes_the_archive_comes_alone():
    assert ["ZIP-001"] == ids(deposit_archive(b"x"))
    assert ["ZIP-006"] == ids(deposit_archive(encrypted()))


@pytest.mark.parametrize(
    ("old", "new"),
    [(".xml", "xml"), ("_0101_", "_4101_"), ("_MED_", "_DEN_"), ("F90", "F91"), ("F90", "f90")],
)
def test_a_name_outside_the_rule(old, new):
    name = deposit_name().replace(old, new)
    assert ["ZIP-013"] == ids(deposit_archive(zipped((name, GOOD))))


def test_the_dot_of_the_rule_is_any_sign():
    name = deposit_name().replace(".xml", "-xml")
    assert [] == ids(deposit_archive(zipped((name, GOOD))))
