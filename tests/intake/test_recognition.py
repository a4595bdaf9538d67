"""Which message a tree is, bare or in its envelope; and what is not one."""

import pytest

from memhon.catalogue import load
from memhon.errors import CatalogueError, MessageError
from memhon.intake import Paths, read, recognise, xpath_of

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
SYNC = "http://ws.mysecu.lu/generic/sync"
CNS = "http://www.secu.lu/ciss/cns"
CONSENT = f'<cns:consentement xmlns:cns="{CNS}"/>'
CONSENT_UID = "2022_CNS_MEMHON_REMBCONS-V1"


def envelope(body: str) -> bytes:
    return f'<s:Envelope xmlns:s="{SOAP}" xmlns:y="{SYNC}">{body}</s:Envelope>'.encode()


def info(payload: str, uid: str | None = CONSENT_UID, name: str = "RequestInfo") -> str:
    attribute = f' modelUID="{uid}"' if uid is not None else ""
    return f"<s:Header/><s:Body><y:{name}{attribute}>{payload}</y:{name}></s:Body>"


@pytest.mark.parametrize("exchange", load().exchanges, ids=lambda e: e.id)
def test_every_example_is_recognised(exchange):
    for example in load().examples(exchange.id):
        found = recognise(read(example.data).root)
        assert (exchange.id, example.direction) == (found.exchange.id, found.message.direction)
        assert not found.enveloped


def test_a_payload_is_found_in_its_envelope():
    found = recognise(read(envelope(info(CONSENT))).root)
    assert ("ra-rembcons", True, CONSENT_UID) == (
        found.exchange.id,
        found.enveloped,
        found.model_uid,
    )
    answer = f'<cns:consentementRetour xmlns:cns="{CNS}"/>'
    assert recognise(read(envelope(info(answer, None, "ResponseInfo"))).root).enveloped


CASES = {
    "unknown root": (b"<facture/>", "FORM-012"),
    "misspelt root": (f'<c:memoireHonoraires xmlns:c="{CNS}"/>'.encode(), "FORM-012"),
    "root of a part": (f'<c:UuidSecu xmlns:c="{CNS}"/>'.encode(), "FORM-012"),
    "no namespace": (b"<memoireHonoraire/>", "FORM-013"),
    "no body": (envelope(""), "FORM-014"),
    "empty body": (envelope("<s:Body/>"), "FORM-014"),
    "two bodies": (envelope("<s:Body/><s:Body/>"), "FORM-014"),
    "empty info": (envelope(info("")), "FORM-014"),
    "two payloads": (envelope(info(CONSENT * 2)), "FORM-014"),
    "fault": (envelope("<s:Body><s:Fault/></s:Body>"), "FORM-028"),
    "bare fault": (f'<s:Fault xmlns:s="{SOAP}"/>'.encode(), "FORM-028"),
    "soap 1.2": (b'<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"/>', "FORM-014"),
    "web page": (b"<html/>", "FORM-026"),
    "text in the body": (envelope(info(CONSENT).replace("<s:Body>", "<s:Body>x")), "FORM-014"),
    "text in the info": (envelope(info(CONSENT + "x")), "FORM-014"),
    "no model": (envelope(info(CONSENT, None)), "FORM-015"),
    "unknown model": (envelope(info(CONSENT, "2020-CNS-DHN-MEMHON-V1")), "FORM-015"),
    "hyphens for underscores": (envelope(info(CONSENT, "2022-CNS-MEMHON-REMBCONS-V1")), "FORM-015"),
    "another model": (envelope(info(CONSENT, "2022_CNS_MEMHON_DEPOT-V1")), "FORM-016"),
    "answer as request": (envelope(info(f'<c:consentementRetour xmlns:c="{CNS}"/>')), "FORM-019"),
    "request as answer": (envelope(info(CONSENT, None, "ResponseInfo")), "FORM-019"),
}


@pytest.mark.parametrize(("data", "expected"), CASES.values(), ids=CASES.keys())
def test_what_is_no_message(data, expected):
    with pytest.raises(MessageError) as caught:
        recognise(read(data).root)
    assert [expected] == [finding.id for finding in caught.value.findings]


def test_the_nearest_root_is_proposed():
    with pytest.raises(MessageError) as caught:
        recognise(read(f'<c:memoireHonoraires xmlns:c="{CNS}"/>'.encode()).root)
    assert "memoireHonoraire" == caught.value.findings[0].expected


def test_a_fault_says_what_the_service_said():
    said = "<faultcode>s:Server</faultcode><faultstring> Indisponible </faultstring>"
    with pytest.raises(MessageError) as caught:
        recognise(read(envelope(f"<s:Body><s:Fault>{said}</s:Fault></s:Body>")).root)
    assert "s:Server : Indisponible" == caught.value.findings[0].found


def test_another_exchange_than_expected():
    with pytest.raises(MessageError) as caught:
        recognise(read(CONSENT.encode()).root, exchange="ra-depot")
    assert "FORM-017" == caught.value.findings[0].id
    with pytest.raises(CatalogueError):
        recognise(read(CONSENT.encode()).root, exchange="ra-depots")


def test_a_path_uses_the_prefixes_of_the_field_and_counts_only_where_needed():
    root = read(f'<x:r xmlns:x="{CNS}"><a/><a><x:b/></a><z:c xmlns:z="urn:z"/></x:r>'.encode()).root
    prefixes = {"ms2": CNS}
    assert "/ms2:r/a[2]/ms2:b" == xpath_of(root[1][0], root, prefixes)
    assert "/ms2:r/*[local-name()='c']" == xpath_of(root[2], root, prefixes)
    assert "/ms2:r" == xpath_of(root, root, prefixes)


def test_many_paths_count_the_siblings_once():
    root = read(b"<r>" + b"<a><b/></a>" * 20_000 + b"<c/></r>").root
    paths = Paths(root, {})
    found = [paths.of(child[0]) for child in root[:-1]]
    assert ["/r/a[1]/b", "/r/a[2]/b", "/r/a[20000]/b"] == [found[0], found[1], found[-1]]
    assert "/r/c" == paths.of(root[-1])
    assert root[-2][0] is paths.at("/r/a[20000]/b")
    assert None is paths.at("/r/a[20001]/b")
