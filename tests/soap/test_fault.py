from lxml import etree

from memhon.findings import make
from memhon.soap import Correlation, open_envelope, read_fault, write_fault

CORRELATION = Correlation("a", "b", "c", "Id-" + "12" * 12)


def _written(*findings, diagnostic=None):
    return write_fault(
        code="Client.MessageInvalide",
        error=make("SBX-004", found="XSD-013", detail="trop long"),
        findings=findings,
        correlation=CORRELATION,
        body_id="Id-1",
        diagnostic=diagnostic,
    )


def test_what_is_written_is_read_again():
    finding = make("XSD-013", line=7, xpath="/a/b", found='<x> & "y"', expected="3", element="b")
    fault = open_envelope(_written(finding)).fault
    assert fault.code == "soap:Client.MessageInvalide"
    assert "trop long" in fault.reason
    assert fault.error_id == "SBX-004"
    assert fault.correlation_id == CORRELATION.id
    (item,) = fault.items
    assert (item.id, item.line, item.xpath) == ("XSD-013", 7, "/a/b")
    assert (item.found, item.expected, item.element) == ('<x> & "y"', "3", "b")
    assert item.text == finding.text("fr")


def test_the_address_of_the_diagnosis_has_an_element_of_its_own():
    address = "http://127.0.0.1:8481/_sandbox/diagnostic/Id-1"
    data = _written(diagnostic=address)
    assert open_envelope(data).fault.diagnostic == address
    node = etree.fromstring(data).find(".//{urn:memhon:sandbox:fault}diagnostic")
    assert node.text == address
    assert open_envelope(_written()).fault.diagnostic is None
    assert b"diagnostic" not in _written()


def test_the_children_of_a_fault_have_no_namespace():
    root = etree.fromstring(_written())
    fault = root.find(".//{http://schemas.xmlsoap.org/soap/envelope/}Fault")
    assert [child.tag for child in fault] == ["faultcode", "faultstring", "detail"]


def test_what_xml_cannot_hold_is_replaced():
    fault = open_envelope(_written(make("FORM-007", line=1, found="a\x00b\ufffe\x1f"))).fault
    assert fault.items[0].found.startswith("a\ufffdb")


def test_a_fault_of_another_peer():
    element = etree.fromstring(
        '<e:Fault xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><faultcode> e:Server '
        "</faultcode><faultstring>Nope</faultstring><detail><x/></detail></e:Fault>"
    )
    fault = read_fault(element)
    assert (fault.code, fault.reason) == ("e:Server", "Nope")
    assert (fault.error_id, fault.correlation_id, fault.items) == (None, None, ())


def test_a_fault_with_qualified_children():
    element = etree.fromstring(
        '<e:Fault xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:faultcode>e:Server'
        "</e:faultcode><e:faultstring>Nope</e:faultstring></e:Fault>"
    )
    assert read_fault(element).reason == "Nope"


def test_an_empty_fault():
    element = etree.fromstring('<e:Fault xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"/>')
    assert (read_fault(element).code, read_fault(element).reason) == ("", "")
