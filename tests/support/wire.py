"""Requests as text and a bare HTTP client: what tests of the wire use instead of the toolkit."""

import http.client
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from uuid import UUID

from lxml import etree

PATH = "/ws/soap/espinst/syncexchange"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
SYNC = "http://ws.mysecu.lu/generic/sync"
CNS = "http://www.secu.lu/ciss/cns"
COMMON = "http://www.secu.lu/ciss/cns/commonTypes"
WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
FAULT = "urn:memhon:sandbox:fault"
NAMES = {"soap": SOAP, "sync": SYNC, "cns": CNS, "com": COMMON, "mh": FAULT}
SIM = "2023-CNS-PID-SIM-V1"
DEPOT = "2022_CNS_MEMHON_DEPOT-V1"


def uuid(number: int) -> str:
    """A UUID that reads as its number."""
    return str(UUID(int=number))


def envelope(payload: str, model_uid: str | None, *, carrier: str = "RequestInfo") -> bytes:
    """A SOAP 1.1 envelope around a message."""
    attribute = "" if model_uid is None else f' modelUID="{model_uid}"'
    return (
        f'<e:Envelope xmlns:e="{SOAP}"><e:Body><s:{carrier} xmlns:s="{SYNC}"{attribute}>'
        f"{payload}</s:{carrier}></e:Body></e:Envelope>"
    ).encode()


@dataclass(frozen=True)
class SimulationLine:
    """One line of a simulation request."""

    number: int
    act: str = "C1"
    count: int = 1
    place: str = "01"
    day: str = "2023-12-28"

    def xml(self) -> str:
        """The line as it is written."""
        return (
            "<c:LigneUTA>"
            f"<c:identifiantExternePrestation>{uuid(self.number)}</c:identifiantExternePrestation>"
            f"<c:dateDebutPrestation>{self.day}</c:dateDebutPrestation>"
            f"<c:acte><k:codeActe>{self.act}</k:codeActe><k:nombre>{self.count}</k:nombre></c:acte>"
            f"<c:lieuDePrestation>{self.place}</c:lieuDePrestation>"
            "</c:LigneUTA>"
        )


def simulation(matricule: str, sender: str, lines: list[SimulationLine], note: int = 1000) -> bytes:
    """A simulation request in its envelope."""
    payload = (
        f'<c:simulationMedecin xmlns:c="{CNS}" xmlns:k="{COMMON}"><c:UTA>'
        f"<c:identifiantFacturier>{sender}</c:identifiantFacturier>"
        f"<c:matricule>{matricule}</c:matricule>"
        f"<c:idMemoireHonoraire>{uuid(note)}</c:idMemoireHonoraire>"
        "<c:dateEtablissementMemoireHonoraire>2023-12-28</c:dateEtablissementMemoireHonoraire>"
        f"<c:Lignes>{''.join(line.xml() for line in lines)}</c:Lignes>"
        "</c:UTA></c:simulationMedecin>"
    )
    return envelope(payload, SIM)


@dataclass(frozen=True)
class Raw:
    """An HTTP answer."""

    status: int
    headers: dict[str, str]
    data: bytes
    root: etree._Element | None = field(default=None, repr=False)

    def text(self, path: str) -> str | None:
        """Text of the first element at a path, with the prefixes of ``NAMES``."""
        assert self.root is not None
        return self.root.findtext(path, namespaces=NAMES)


def send(
    url: str,
    data: bytes,
    *,
    method: str = "POST",
    path: str = PATH,
    headers: dict[str, str] | None = None,
) -> Raw:
    """One HTTP request through the standard library."""
    target = urlsplit(url)
    connection = http.client.HTTPConnection(target.hostname or "", target.port, timeout=20)
    given = {"Content-Type": "text/xml;charset=UTF-8", "SOAPAction": ""} | (headers or {})
    try:
        connection.request(method, path, data, given)
        answer = connection.getresponse()
        body = answer.read()
    finally:
        connection.close()
    names = {name.lower(): value for name, value in answer.getheaders()}
    root = etree.fromstring(body) if body.startswith(b"<?xml") else None
    return Raw(answer.status, names, body, root)
