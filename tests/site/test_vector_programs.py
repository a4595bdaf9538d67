"""The programs beside the vectors: right on every vector, wrong as soon as one byte differs."""

import base64
import hashlib
import re
import shlex
import shutil
import subprocess
import sys
import zipfile

import pytest

from memhon.errors import MemhonError
from memhon.security import dissect
from memhon.site.programs import LANGUAGES, SOURCES, program_files, read_programs, recomputed

NAMES = (
    "appel-reponse-pid",
    "appel-reponse-ra",
    "appel-requete-pid",
    "appel-requete-ra",
    "authentification-reponse",
    "authentification-requete",
    "jeton-reponse",
    "jeton-requete-saml",
    "jeton-requete-username",
)
CERTIFIES = frozenset({"BinarySecurityToken", "KeyInfo"})
"""Signed elements that hold the certificate: changed, there is no key to compute with."""
JAVA = ("java",) if shutil.which("javac") else ()
READERS = ("python", *JAVA)
"""Those that read a message, where they are installed."""
INSTALLED = tuple(one for one in LANGUAGES if one.tested and (JAVA or one.title != "Java"))


@pytest.fixture(scope="module")
def vectors(site):
    return site / "telechargements" / "vecteurs"


@pytest.fixture(scope="module")
def started(root, tmp_path_factory):
    """How each reader is started; Java is compiled once."""
    folder = root / "docs" / SOURCES
    classes = tmp_path_factory.mktemp("java")
    if JAVA:
        _run(["javac", "-Xlint:all", "-d", classes, folder / "Verifier.java"])
    return {
        "python": [sys.executable, folder / "verifier.py"],
        "java": ["java", "-cp", classes, "Verifier"],
    }


def test_what_the_page_says_of_the_tests_is_true():
    tested = {one.title for one in LANGUAGES if one.tested}
    assert tested == {"Python", "Java", "OpenSSL"}
    assert [one.told.startswith("oui") for one in LANGUAGES] == [one.tested for one in LANGUAGES]
    assert {one.title for one in INSTALLED} >= {"Python", "OpenSSL"}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("reader", READERS)
def test_a_program_computes_what_we_computed(vectors, started, tmp_path, reader, name):
    message = vectors / name / "message.xml"
    done = _run([*started[reader], message, tmp_path])
    assert (0, recomputed(message.read_bytes())) == done
    assert _forms(message.read_bytes()) == _written(tmp_path)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("reader", READERS)
def test_one_byte_of_a_signed_element_makes_its_digest_wrong(
    vectors, started, tmp_path, reader, name
):
    data = (vectors / name / "message.xml").read_bytes()
    signed = [one for one in dissect(data)[0].references if one.element not in CERTIFIES]
    for reference in signed:
        changed = _change(data, rf'(?s)"{reference.uri}".*?>(?=\w)')
        done = _run([*started[reader], _kept(tmp_path, changed)])
        assert (1, _expected(changed, "juste")) == done
        assert f"{reference.element} : fausse" in done[1]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("reader", READERS)
def test_one_byte_of_the_value_or_of_signed_info_makes_the_signature_wrong(
    vectors, started, tmp_path, reader, name
):
    data = (vectors / name / "message.xml").read_bytes()
    value = _change(data, r"SignatureValue>\s*.{9}")
    done = _run([*started[reader], _kept(tmp_path, value)])
    assert (1, _expected(value, "fausse")) == done
    digest = _change(data, r"DigestValue>")
    code, printed = _run([*started[reader], _kept(tmp_path, digest)])
    assert (1, _expected(digest, "fausse")) == (code, printed)
    assert " : fausse, message " in printed


@pytest.mark.parametrize("name", NAMES)
def test_openssl_computes_what_we_computed(vectors, root, name):
    script = root / "docs" / SOURCES / "verifier.sh"
    own = recomputed((vectors / name / "message.xml").read_bytes()).partition("Signature 2\n")[0]
    assert (0, own) == _run(["sh", script, vectors / name])


@pytest.mark.parametrize("name", NAMES)
def test_openssl_sees_one_byte_of_every_file(vectors, root, tmp_path, name):
    script = root / "docs" / SOURCES / "verifier.sh"
    for path in sorted((vectors / name).glob("*")):
        if path.name in {"message.xml", "empreintes.txt", "certificat.pem"}:
            continue
        folder = shutil.copytree(vectors / name, tmp_path / path.name)
        changed = bytearray(path.read_bytes())
        changed[-5] ^= 1
        (folder / path.name).write_bytes(changed)
        code, printed = _run(["sh", script, folder])
        part = path.stem.partition("-")[2] if path.name[0].isdigit() else "SignatureValue"
        assert (1, [part]) == (code, re.findall(r"^(\w+) : fausse", printed, re.MULTILINE))


@pytest.mark.parametrize("language", INSTALLED, ids=lambda one: one.title)
def test_the_command_of_the_page_works_in_the_archive(vectors, tmp_path, language):
    with zipfile.ZipFile(vectors.with_suffix(".zip")) as archive:
        archive.extractall(tmp_path)
    folder = tmp_path / "vecteurs" / "appel-requete-pid"
    command = shlex.split(language.command)
    command[0] = sys.executable if command[0] == "python" else command[0]
    expected = recomputed((folder / "message.xml").read_bytes())
    assert (0, expected) == _run(command, folder)


def test_the_digests_are_offered_in_a_file(vectors):
    for name in NAMES:
        lines = (vectors / name / "empreintes.txt").read_text(encoding="ascii").splitlines()
        told = dict(reversed(line.split("  ")) for line in lines)
        forms = [path for path in (vectors / name).glob("*.c14n") if path.name[0].isdigit()]
        assert {path.name: _digest(path.read_bytes()) for path in forms} == told


def test_every_program_is_shown_and_offered(site, root):
    files = read_programs(root / "docs")
    page = (root / "build" / "docs" / "securite" / "vecteurs.md").read_text(encoding="utf-8")
    for program, file in zip(files, program_files(files), strict=True):
        assert (site / file.address).read_bytes() == program.source
        assert f'=== "{program.language.title}"' in page
        shown = program.source.decode().splitlines()
        assert [line for line in shown if line and f"    {line}\n" not in page] == []
    assert not (site / SOURCES).exists()


def test_the_markdown_of_the_page_has_every_program_and_no_row_of_tabs(site):
    text = (site / "securite" / "vecteurs" / "index.md").read_text(encoding="utf-8")
    assert [one.file for one in LANGUAGES if f"\n*{one.file}*\n" not in text] == []
    titles = "".join(one.title for one in LANGUAGES)
    assert titles not in text.replace("\n", "").replace(" ", "")


def test_every_vector_of_the_list_is_shown_where_the_list_says(site):
    page = site / "securite" / "vecteurs" / "index.html"
    links = re.findall(r'href="?\.\./([\w-]+/)#(vecteur-[\w-]+)', page.read_text(encoding="utf-8"))
    assert sorted(anchor for _, anchor in links) == [f"vecteur-{name}" for name in NAMES]
    for folder, anchor in links:
        text = (site / "securite" / folder / "index.html").read_text(encoding="utf-8")
        assert re.search(rf'id="?{anchor}\b', text), anchor


def test_a_program_that_is_missing_stops_the_build(tmp_path):
    with pytest.raises(MemhonError, match=r"verifier\.py"):
        read_programs(tmp_path)


def _run(command, folder=None):
    words = [str(word) for word in command]
    done = subprocess.run(
        words, cwd=folder, capture_output=True, text=True, timeout=90, check=False
    )
    assert "" == done.stderr
    return done.returncode, done.stdout


def _kept(folder, data):
    path = folder / "message.xml"
    path.write_bytes(data)
    return path


def _change(data, before):
    """One byte differs: the first after what a pattern matches."""
    found = re.search(before.encode(), data)
    place = found.end()
    other = b"B" if data[place : place + 1] == b"A" else b"A"
    if data[place : place + 1].isdigit():
        other = b"1" if data[place : place + 1] == b"0" else b"0"
    return data[:place] + other + data[place + 1 :]


def _expected(data, value):
    """What a program has to print; the own signature comes first, and its value is told."""
    lines = []
    for number, signature in enumerate(dissect(data), start=1):
        lines.append(f"Signature {number}")
        for one in signature.references:
            computed = _digest(one.octets)
            right = f"{one.element} : juste, {computed}"
            wrong = f"{one.element} : fausse, message {one.digest}, calcul {computed}"
            lines.append(right if computed == one.digest else wrong)
        lines.append(f"SignatureValue : {value if number == 1 else 'juste'}")
    return "\n".join(lines) + "\n"


def _forms(data):
    """The canonical forms of every signature, as the programs name their files."""
    forms = {}
    for number, signature in enumerate(dissect(data), start=1):
        for place, one in enumerate(signature.references, start=1):
            forms[f"signature-{number}/{place}-{one.element}.c14n"] = one.octets
        forms[f"signature-{number}/signed-info.c14n"] = signature.signed_info
    return forms


def _written(folder):
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def _digest(data):
    return base64.b64encode(hashlib.sha256(data).digest()).decode()
