"""The files that the site offers, with their SHA-256."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from memhon.site.markup import Page, admonition, front_matter, link, table

PAGE = "telechargements/index.md"
SUMS = "telechargements/SHA256SUMS"
COPY = "telechargements/memhon-site.zip"
"""The whole site as an archive; made after the pages."""
COPY_MARK = "@@memhon-site.zip@@"
"""Stands on the page for the archive until its digest is known."""
COPY_SIZE_MARK = "@@memhon-site.zip:octets@@"
_HEAD = ("Fichier et SHA-256", "Octets")
_INTRO = (
    "Vous pouvez télécharger ici les schémas, les descriptions WSDL, les classes Python, les "
    "exemples, les carnets exécutés, le catalogue pour les programmes et le site entier."
)
_UNPACK = (
    "Décompressez l'archive et ouvrez `memhon-site/index.html` dans un navigateur : les pages, "
    "la recherche et les fichiers de cette page y sont. Rien n'est demandé au réseau."
)


@dataclass(frozen=True, slots=True)
class Download:
    """A file of the site that is not a page."""

    group: str
    """Title under which it is listed."""
    address: str
    """Place below the documentation folder."""
    data: bytes

    @property
    def name(self) -> str:
        """The address without the folder of all downloads."""
        return self.address.removeprefix("telechargements/")

    @property
    def sha256(self) -> str:
        """Digest of the bytes, hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


def downloads_page(downloads: Iterable[Download]) -> Page:
    """All files by group, and a list that ``sha256sum --check`` reads."""
    groups: dict[str, list[Download]] = {}
    for download in downloads:
        groups.setdefault(download.group, []).append(download)
    notice = (
        "Les schémas et les descriptions WSDL sont rédigés par MemHon à partir de faits publics. "
        "Ce ne sont pas les fichiers officiels, que la CNS et le CCSS remettent aux éditeurs."
    )
    sums = f'<a download href="{link(PAGE, SUMS)}">SHA256SUMS</a>'
    how = (
        "Placez les fichiers dans un dossier en gardant leurs chemins, ajoutez-y la liste "
        f"{sums}, puis contrôlez l'ensemble :"
    )
    parts = [
        front_matter(
            "Téléchargements",
            "Site entier, schémas, WSDL, classes Python, exemples, carnets et catalogue, avec leur "
            "SHA-256.",
        ),
        "# Téléchargements",
        _INTRO,
        admonition("warning", "Descriptions indépendantes", notice),
        "## Le site entier, à lire sans réseau",
        _UNPACK,
        table(_HEAD, [(COPY_MARK, COPY_SIZE_MARK)]),
        "## Contrôler les fichiers",
        how,
        "```sh\nsha256sum --check SHA256SUMS\n```",
    ]
    for group, files in groups.items():
        rows = [(_entry(file), str(len(file.data))) for file in files]
        parts += [f"## {group}", table(_HEAD, rows)]
    return Page(PAGE, "\n\n".join(parts) + "\n")


def _entry(file: Download) -> str:
    name = f'<a download href="{link(PAGE, file.address)}">{file.name}</a>'
    return f"{name}<br><code>{file.sha256}</code>"


def checksums(downloads: Iterable[Download]) -> bytes:
    """The digests in the form of ``sha256sum``."""
    lines = [f"{download.sha256}  {download.name}\n" for download in downloads]
    return "".join(lines).encode()
