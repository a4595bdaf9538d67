"""zeep, with our WSDL and the token inserted by a plug-in, makes a signed deposit."""

from importlib import resources

import pytest
import xmlsec
import zeep
from lxml import etree
from zeep.wsse.signature import BinarySignature

from forging import SOAP, WSSE, WSU_ID, Scene
from memhon import intake, messages
from memhon.catalogue import load
from memhon.errors import SecurityError
from memhon.home import pki_path
from memhon.sandbox import EXCHANGE_PATH
from memhon.security import verify
from memhon.security.header import binary_token
from memhon.security.names import ValueType


class WithToken(zeep.Plugin):
    """Inserts the mySecu token before the signature is made, and keeps the answer."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.answer: etree._Element | None = None

    def egress(self, envelope, http_headers, operation, binding_options):
        security = zeep.wsse.utils.get_security_header(envelope)
        token = self.scene.token()
        security.append(binary_token(token.value, token.id, ValueType.MYSECU.value))
        return envelope, http_headers


class Signature(BinarySignature):
    """Signs; answers are verified by us, since zeep knows no reference to KeyInfo."""

    def __init__(self) -> None:
        file = str(pki_path() / "demo-1.pem")
        super().__init__(
            file,
            file,
            signature_method=xmlsec.constants.TransformRsaSha256,
            digest_method=xmlsec.constants.TransformSha256,
        )
        self.answer: bytes = b""

    def verify(self, envelope):
        self.answer = etree.tostring(envelope)
        return envelope


def deposited(scene: Scene, payload: etree._Element) -> bytes:
    """The answer to a deposit by zeep, verified by us."""
    wsdl = resources.files("memhon_xsd") / "mysecu" / "exchange_sync.wsdl"
    plugin, signature = WithToken(scene), Signature()
    scene.key()
    client = zeep.Client(str(wsdl), wsse=signature, plugins=[plugin])
    service = client.create_service(
        "{urn:memhon:wsdl:exchange-sync}SyncExchangeBinding", scene.sandbox.url + EXCHANGE_PATH
    )
    service.get(payload, modelUID=load().exchange("ra-depot").model_uid)
    return signature.answer


def test_a_deposit_by_zeep_is_accepted_and_its_answer_verified(scene):
    payload = etree.fromstring(load().example("ra-depot", "request", "minimal").data)
    answer = deposited(scene, payload)
    root = intake.read(answer).root
    trust, profile = scene.pki.trust(), load().signing["service-response"]
    body = verify(root, profile, trust=trust, now=scene.clock.now()).parts["body"]
    message = messages.parse(etree.tostring(body[0][0]))
    assert "MemoireHonorairesRetour" == type(message).__name__
    assert 36 == len(message.uuid_secu.value)
    assert root.find(f"{SOAP}Body").get(WSU_ID).startswith("Id-")
    body[0][0][0].text = "x"
    with pytest.raises(SecurityError):
        verify(root, profile, trust=trust, now=scene.clock.now())
    assert root.find(f"{SOAP}Header/{WSSE}Security") is not None
