import pytest
from lxml import etree

import wire
from memhon.catalogue import load
from memhon.errors import MessageError
from memhon.intake import canonical, read, recognise
from memhon.soap import open_envelope, write_request

SIMULATION = load().example("pid-sim", "request", "rich").data


def test_the_message_comes_out_as_it_went_in():
    sent = read(SIMULATION).root
    envelope = open_envelope(write_request(sent, model_uid=wire.SIM))
    assert envelope.model_uid == wire.SIM
    assert envelope.fault is None
    assert envelope.correlation_id is None
    out = recognise(read(envelope.body).root)
    assert not out.enveloped
    assert canonical(out.element) == canonical(sent)


def test_namespaces_of_the_envelope_stay_readable_inside():
    data = wire.envelope('<a t="q:name"/>', "M").replace(b"<e:Body", b'<e:Body xmlns:q="urn:q"')
    assert etree.fromstring(open_envelope(data).body).nsmap["q"] == "urn:q"


def test_an_answer_has_its_correlation_id():
    data = b"<!--x\nCorrelation-ID: Id-1-->" + wire.envelope("<a/>", None, carrier="ResponseInfo")
    envelope = open_envelope(data)
    assert envelope.correlation_id == "Id-1"
    assert envelope.model_uid is None


def test_empty_places():
    empty = f'<e:Envelope xmlns:e="{wire.SOAP}"><e:Body/></e:Envelope>'.encode()
    assert open_envelope(empty).body is None
    assert open_envelope(wire.envelope("", "M")).body is None


def test_another_body_is_given_as_it_is():
    data = f'<e:Envelope xmlns:e="{wire.SOAP}"><e:Body><t/></e:Body></e:Envelope>'.encode()
    assert etree.fromstring(open_envelope(data).body).tag == "t"


@pytest.mark.parametrize(
    ("data", "finding"),
    [
        (b"", "FORM-001"),
        (b"<a/>", "FORM-014"),
        (SIMULATION, "FORM-014"),
        (wire.envelope("<a/>", "M")[:-3], "FORM-003"),
        (wire.envelope("<a/>", "M").replace(wire.SOAP.encode(), b"urn:other"), "FORM-014"),
        (b"<!DOCTYPE a>" + wire.envelope("<a/>", "M"), "FORM-008"),
    ],
)
def test_what_is_no_envelope(data, finding):
    with pytest.raises(MessageError) as caught:
        open_envelope(data)
    assert [found.id for found in caught.value.findings] == [finding]
