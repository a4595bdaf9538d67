"""The five RA messages as text, and a practice and a patient that send them."""

import base64
import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

import wire
from memhon.catalogue import load

PATIENT, OTHER_PATIENT = load().person("demo-1").matricule, load().person("demo-2").matricule
BILLER, OTHER_BILLER = load().provider("demo-1").code, load().provider("demo-2").code
NEVER = "1970-01-01T00:00:00Z"
_DEPOSIT = load().example("ra-depot", "request", "minimal").data.decode()
_PLAIN = re.sub(r"^<\?xml[^>]*\?>", "", _DEPOSIT)
_UUID = re.search("<UUID>(.*)</UUID>", _PLAIN)[1]

Send = Callable[[str, str], etree._Element]


def deposit_xml(
    uuid: str,
    *,
    patient: str | None = PATIENT,
    born: str = "1901-02-03",
    biller: str = BILLER,
    date: str = "2026-03-02",
    amount: str = "57.70",
    pdf: bytes | None = None,
) -> str:
    """A deposit; a patient without a matricule has a birth date."""
    named = f"<matricule>{patient}</matricule>"
    if patient is None:
        named = f"<dateNaissance>{born}</dateNaissance>"
    text = _PLAIN.replace(_UUID, uuid).replace(f"<matricule>{PATIENT}</matricule>", named)
    text = text.replace(f">{BILLER}</codePrestataire>", f">{biller}</codePrestataire>")
    text = re.sub("(<dateMemoireHonoraires>)[^<]*", rf"\g<1>{date}", text)
    text = re.sub("(<aPayer>)[^<]*", rf"\g<1>{amount}", text)
    if pdf is not None:
        document = base64.encodebytes(pdf).decode()
        closing = "<indicationsSupplementaires/>"
        assert closing in text
        text = text.replace(closing, f"{closing}<document>{document}</document>")
    return text


def consent_xml(secu: str, patient: str = PATIENT) -> str:
    """A consent."""
    inner = f"<c:UUIDSecu>{secu}</c:UUIDSecu><c:idenitifiantUnique>{patient}</c:idenitifiantUnique>"
    return f'<c:consentement xmlns:c="{wire.CNS}">{inner}</c:consentement>'


def reading_xml(secu: str, patient: str = PATIENT) -> str:
    """A request for one fee note."""
    inner = f"<c:UUIDSecu>{secu}</c:UUIDSecu><c:identifiantUnique>{patient}</c:identifiantUnique>"
    return f'<c:demandeDocument xmlns:c="{wire.CNS}">{inner}</c:demandeDocument>'


def list_xml(patient: str = PATIENT, **filters: str | int) -> str:
    """A request for the list; filters by their names on the wire."""
    order = ("dateDebut", "dateFin", "statut", "page", "taillePage")
    inner = "".join(f"<c:{name}>{filters[name]}</c:{name}>" for name in order if name in filters)
    inner = f"<c:identifiantUnique>{patient}</c:identifiantUnique>{inner}"
    return (
        f'<c:demandeListeRemboursement xmlns:c="{wire.CNS}">{inner}</c:demandeListeRemboursement>'
    )


def cancellation_xml(
    uuid: str, secu: str, *, replacement: str | None = None, kind: int | None = None
) -> str:
    """A cancellation; its kind follows from the replacement unless it is given."""
    number = kind or (1 if replacement is None else 2)
    other = ""
    if replacement is not None:
        other = f"<c:UUIDDocumentRemplacant>{replacement}</c:UUIDDocumentRemplacant>"
    return (
        f'<c:annulationMemoireHonoraire xmlns:c="{wire.CNS}">'
        f"<c:UUIDPrestataire>{uuid}</c:UUIDPrestataire>{other}"
        f"<c:UUIDDocumentAnnule>{secu}</c:UUIDDocumentAnnule>"
        f"<c:TypeAnnulation>{number}</c:TypeAnnulation><c:Motif>Essai.</c:Motif>"
        "</c:annulationMemoireHonoraire>"
    )


@dataclass(frozen=True)
class Told:
    """What an answer tells."""

    root: etree._Element

    def text(self, name: str) -> str | None:
        """Text of the first element of that local name."""
        return self.root.findtext(f".//{{*}}{name}")

    def texts(self, name: str) -> list[str]:
        """Texts of all elements of that local name."""
        return [node.text or "" for node in self.root.iterfind(f".//{{*}}{name}")]

    @property
    def refusal(self) -> str | None:
        """Code of the anomaly that refuses, in the answer or quoted by a fault."""
        quoted = self.root.find(f".//{{{wire.FAULT}}}finding")
        if quoted is not None:
            return quoted.get("code")
        codes = [
            node.findtext("{*}code")
            for node in self.root.iterfind(".//{*}anomalies")
            if node.findtext("{*}type") == "REFUS"
        ]
        assert len(codes) <= 1
        return codes[0] if codes else None


@dataclass(frozen=True)
class Note:
    """A deposited fee note."""

    uuid: str
    secu: str


class Notes:
    """Sends the five messages and knows fresh identifiers.

    Args:
        send: From a message and the id of its exchange to the answer.
    """

    def __init__(self, send: Send) -> None:
        self._send = send
        self._numbers = itertools.count(0xFEE0)

    def uuid(self) -> str:
        """An identifier that was never used, with letters in it."""
        return f"{next(self._numbers):08x}-abcd-4abc-8abc-abcdefabcdef"

    def send(self, payload: str, exchange: str) -> Told:
        """Any message."""
        return Told(self._send(payload, exchange))

    def deposit(self, uuid: str | None = None, **parts: object) -> Note:
        """A deposit that is accepted."""
        uuid = uuid or self.uuid()
        told = self.send(deposit_xml(uuid, **parts), "ra-depot")
        assert told.refusal is None
        return Note(uuid, told.text("UuidSecu"))

    def consent(self, secu: str, patient: str = PATIENT) -> Told:
        """The answer to a consent."""
        return self.send(consent_xml(secu, patient), "ra-rembcons")

    def read(self, secu: str, patient: str = PATIENT) -> Told:
        """The answer to a reading."""
        return self.send(reading_xml(secu, patient), "ra-doc")

    def list(self, patient: str = PATIENT, **filters: str | int) -> Told:
        """The answer to a list."""
        return self.send(list_xml(patient, **filters), "ra-remblist")

    def cancel(self, secu: str, uuid: str | None = None, **parts: object) -> Told:
        """The answer to a cancellation."""
        return self.send(cancellation_xml(uuid or self.uuid(), secu, **parts), "ra-annul")

    def in_state(self, state: str, **parts: object) -> Note:
        """A fee note that was brought into a state."""
        note = self.deposit(**parts)
        told = None
        if state == "CONSENTI":
            told = self.consent(note.secu)
        if state == "ANNULE":
            told = self.cancel(note.secu)
        if state == "REMPLACE":
            told = self.cancel(note.secu, replacement=self.deposit(**parts).secu)
        assert told is None or told.refusal is None
        return note


def over_http(url: str) -> Send:
    """Sends to a sandbox whose security is off."""

    def send(payload: str, exchange: str) -> etree._Element:
        model_uid = load().exchange(exchange).model_uid
        return wire.send(url, wire.envelope(payload, model_uid)).root

    return send
