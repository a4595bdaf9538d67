"""Worked vectors: a signed message of this build, taken apart down to the octets signed."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass

from memhon import intake
from memhon.errors import MemhonError
from memhon.security import Digested, Dissected, dissect
from memhon.site.archive import packed
from memhon.site.downloads import Download
from memhon.site.markup import code, fence, folded, html, link, table

FOLDER = "telechargements/vecteurs"
ARCHIVE = "telechargements/vecteurs.zip"
_GROUP = "Vecteurs de signature"
_LONG = re.compile(r"(?<=>)[A-Za-z0-9+/=\s]{400,}(?=<)")
_KEPT = 60
_SIGNED = "-signature signature.bin signed-info.c14n"
_PAGES = {
    "authentification-": "securite/authentification.md",
    "jeton-": "securite/jeton.md",
    "appel-requete-": "securite/appel-signe.md",
    "appel-reponse-": "securite/reponses-et-fautes.md",
}
"""Where a vector is shown, by the start of its id."""


@dataclass(frozen=True, slots=True)
class Vector:
    """One message of the chain and its own signature."""

    id: str
    """Name of its folder, e.g. ``appel-requete-pid``."""
    title: str
    """French."""
    data: bytes
    """The message, byte for byte."""
    signature: Dissected


def vector(vector_id: str, title: str, data: bytes) -> Vector:
    """A vector from a message; the signature inside an assertion counts only where it is alone.

    Raises:
        MemhonError: The message has no signature of its own.
    """
    signatures = dissect(data)
    own = [found for found in signatures if "Assertion" not in found.xpath] or list(signatures)
    if not own:
        raise MemhonError(f"{vector_id} : le message n'est pas signé")
    return Vector(vector_id, title, data, own[0])


def vector_files(vectors: Iterable[Vector]) -> tuple[Download, ...]:
    """Every file of every vector; canonical forms end where their last octet ends."""
    return tuple(
        Download(_GROUP, f"{FOLDER}/{vector.id}/{name}", data)
        for vector in vectors
        for name, data in _files(vector)
    )


def vector_archive(files: Iterable[Download]) -> tuple[Download, ...]:
    """All these files in one archive, with their folders; nothing without any.

    Args:
        files: Of ``vector_files``, and whatever else lies below their folder.
    """
    found = {file.address.removeprefix(f"{FOLDER}/"): file.data for file in files}
    return (Download(_GROUP, ARCHIVE, packed(found, "vecteurs")),) if found else ()


def _files(vector: Vector) -> list[tuple[str, bytes]]:
    signature = vector.signature
    named = {
        _canonical_name(number, reference): reference
        for number, reference in enumerate(signature.references, start=1)
    }
    digests = "".join(f"{reference.digest}  {name}\n" for name, reference in named.items())
    found = [("message.xml", vector.data), ("empreintes.txt", digests.encode())]
    found += [(name, reference.octets) for name, reference in named.items()]
    found.append(("signed-info.c14n", signature.signed_info))
    found.append(("signature.bin", signature.value))
    found.append(("certificat.pem", signature.certificate))
    return found


def _canonical_name(number: int, reference: Digested) -> str:
    return f"{number}-{reference.element}.c14n"


def vectors_table(here: str, vectors: Iterable[Vector]) -> str:
    """Every vector, where it is shown, and its files; then the archive of them all.

    Args:
        here: Address of the page.
        vectors: In the order of the chain.
    """
    rows = [
        (
            f"{_shown(here, vector)}<br>{code(vector.id)}",
            ", ".join(_offered(here, vector, name) for name, _ in _files(vector)),
        )
        for vector in vectors
    ]
    button = (
        f'<a class="md-button" download href="{link(here, ARCHIVE)}">'
        "Télécharger tous les vecteurs et les programmes</a>"
    )
    return f"{button}\n\n{table(('Vecteur', 'Fichiers'), rows)}"


def _shown(here: str, vector: Vector) -> str:
    page = next(page for start, page in _PAGES.items() if vector.id.startswith(start))
    return f'<a href="{link(here, page, f"vecteur-{vector.id}")}">{html(vector.title)}</a>'


def _offered(here: str, vector: Vector, name: str) -> str:
    return f'<a download href="{link(here, f"{FOLDER}/{vector.id}/{name}")}">{html(name)}</a>'


def vector_markdown(here: str, vector: Vector) -> str:
    """The part of a page that shows a vector.

    Args:
        here: Address of the page.
        vector: The vector.
    """
    signature = vector.signature
    rows = [
        _row(here, vector, number, reference)
        for number, reference in enumerate(signature.references, start=1)
    ]
    shown = [_folded_octets(reference) for reference in signature.references]
    value = base64.b64encode(signature.value).decode("ascii")
    parts = [
        f"### Vecteur : {vector.title} {{ #vecteur-{vector.id} }}",
        table(("Élément et forme canonique", "PrefixList", "Empreinte SHA-256"), rows),
        _message(vector.data),
        *shown,
        folded("SignedInfo, forme canonique : les octets signés", _octets(signature.signed_info)),
        folded("SignatureValue", fence(_lines(value), "text")),
        _recompute(here, vector),
    ]
    return "\n\n".join(parts)


def _row(here: str, vector: Vector, number: int, reference: Digested) -> tuple[str, str, str]:
    address = f"{FOLDER}/{vector.id}/{_canonical_name(number, reference)}"
    size = f"{len(reference.octets)} octets"
    file = f'<a download href="{link(here, address)}">{html(reference.element)}</a><br>{size}'
    listed = code(" ".join(reference.prefixes)) if reference.prefixes else "aucune"
    return file, listed, code(reference.digest)


def _folded_octets(reference: Digested) -> str:
    without = ", sans la signature" if reference.enveloped else ""
    return folded(f"{reference.element}, forme canonique{without}", _octets(reference.octets))


def _recompute(here: str, vector: Vector) -> str:
    first = _canonical_name(1, vector.signature.references[0])
    others = ("message.xml", "empreintes.txt", "signed-info.c14n", "signature.bin")
    links = ", ".join(_offered(here, vector, name) for name in (*others, "certificat.pem"))
    commands = "\n".join(
        (
            f"openssl dgst -sha256 -binary {first} | base64",
            "openssl x509 -in certificat.pem -pubkey -noout > cle-publique.pem",
            f"openssl dgst -sha256 -verify cle-publique.pem {_SIGNED}",
        )
    )
    return "\n\n".join(
        (
            f"Fichiers : {links}.",
            folded("Refaire le calcul avec OpenSSL", fence(commands, "sh"), "tip"),
        )
    )


def _message(data: bytes) -> str:
    remark = (
        "Indenté ici pour la lecture : ce n'est pas ce qui circule, et aucune empreinte ne s'y "
        "vérifie. Les octets exacts sont dans le fichier."
    )
    view = fence(_LONG.sub(_shortened, intake.indented(data)), "xml")
    return folded("Message", f"{remark}\n\n{view}", "example")


def _octets(data: bytes) -> str:
    """Canonical octets, on as many lines as the screen needs; none of these breaks is in them."""
    return fence(_LONG.sub(_shortened, data.decode("utf-8")), "xml .wrapped")


def _shortened(match: re.Match[str]) -> str:
    return f"{match[0].strip()[:_KEPT]}… ({len(match[0])} caractères, entiers dans le fichier)"


def _lines(text: str) -> str:
    return "\n".join(text[start : start + 76] for start in range(0, len(text), 76))
