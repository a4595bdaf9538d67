"""Changed after it was signed rightly: one accident each."""

import base64
import hashlib

from damage_signer import DS, again, exclusive, parsed
from damage_surgery import (
    declared,
    dropped,
    flat,
    folded,
    indented,
    laid_out,
    moved,
    replaced,
    swapped,
    unfolded,
    within,
)
from damage_ways import changed, cut_and_signed, then
from damages import Case, at
from damages_signed import ANSWER, ASSERTION, AUTH, NAME, PID, RA, SAML

SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
SHA512 = "http://www.w3.org/2001/04/xmlenc#sha512"
FOUR = "    "
INSTRUCTION = replaced("<cns:UTA>", "<?v 1?><cns:UTA>")
INFO = at("SignedInfo", "013", "001", "001+013")
LOST = at("SignedInfo", "014", "004", "013", "003+014", "004+014", "004+013")
ORDER = at("SignedInfo", "013", "022", "013+022")


def reordered(data: bytes) -> bytes:
    """The first two references change places."""
    return swapped("Reference", "Reference")(data)


def cut_off(data: bytes) -> bytes:
    """The end of the signature value is lost."""
    value = next(parsed(data).iter(f"{DS}SignatureValue")).text.encode()
    return data.replace(value, value[:600])


def digest_again(data: bytes) -> bytes:
    """A digest corrected by hand, without signing again."""
    signature = next(parsed(data).iter(f"{DS}Signature"))
    body = signature.getroottree().getroot()[-1]
    right = base64.b64encode(hashlib.sha256(exclusive(body, ["sync"])).digest())
    old = signature.findtext(f".//{DS}DigestValue").encode()
    return data.replace(old, right)


def assertion_then(cut):
    """The assertion was changed before the request was signed rightly over it."""
    return lambda stock: again(within("Assertion", cut)(stock.data), stock.key)


_LAID_OUT = (
    Case(
        "indented, step 1",
        AUTH,
        changed(indented()),
        (at("Timestamp", "001"), at("Body", "001"), INFO),
    ),
    Case(
        "indented by four, step 2",
        NAME,
        changed(indented(FOUR)),
        (at("UsernameToken", "001"), at("Body", "001"), INFO),
    ),
    Case("indented by tabs, PID", PID, changed(indented("\t")), (at("Body", "001"), INFO)),
    Case(
        "indented, answer",
        ANSWER,
        changed(indented()),
        (at("Body", "001"), at("KeyInfo", "001"), INFO),
    ),
    Case("indented Body only", SAML, changed(within("Body", laid_out)), (at("Body", "001"),)),
    Case(
        "laid out, then sent flat",
        AUTH,
        then(cut_and_signed(indented()), within("Body", flat)),
        (at("Body", "001"),),
    ),
    Case(
        "laid out by four, then sent flat",
        NAME,
        then(cut_and_signed(indented(FOUR)), within("UsernameToken", flat)),
        (at("UsernameToken", "001"),),
    ),
    Case(
        "Body of PID flattened",
        PID,
        then(cut_and_signed(indented()), within("Body", flat)),
        (at("Body", "001"),),
    ),
    Case(
        "carriage returns written by a DOM",
        RA,
        changed(within("Body", lambda o: o.replace(b"\n", b"&#xD;\n"))),
        (at("Body", "002"),),
    ),
    Case(
        "instruction added",
        PID,
        changed(within("Body", INSTRUCTION)),
        (at("Body", "006"),),
    ),
)
_SPACES = (
    Case(
        "sync moved to its element",
        PID,
        changed(moved("sync", "sync:RequestInfo")),
        (at("Body", "004"), LOST),
    ),
    Case("unused saml2 dropped", RA, changed(dropped("saml2")), (at("Body", "004", "003"), LOST)),
    Case(
        "saml2 declared afterwards",
        NAME,
        changed(declared("saml2", "urn:oasis:names:tc:SAML:2.0:assertion")),
        (at("Body", "003", "004"), LOST),
    ),
)
_TEXTS = (
    Case(
        "certificate folded",
        AUTH,
        changed(folded("BinarySecurityToken")),
        (at("BinarySecurityToken", "011"),),
    ),
    Case(
        "certificate folded at 64",
        AUTH,
        changed(folded("BinarySecurityToken", 64)),
        (at("BinarySecurityToken", "011"),),
    ),
    Case(
        "token unfolded",
        ANSWER,
        changed(within("Body", unfolded("BinarySecurityToken"))),
        (at("Body", "011"),),
    ),
    Case("nonce folded", NAME, changed(folded("Nonce", 12)), (at("UsernameToken", "011", "002"),)),
    Case(
        "children of the timestamp swapped",
        AUTH,
        changed(swapped("Created", "Expires")),
        (at("Timestamp", "022"),),
    ),
    Case(
        "children of the user name swapped",
        NAME,
        changed(swapped("Username", "Password")),
        (at("UsernameToken", "022"),),
    ),
)
_INFOS = (
    Case("signature value cut off", NAME, changed(cut_off), (at("SignedInfo", "010"),)),
    Case("SignedInfo indented", RA, changed(within("SignedInfo", laid_out)), (INFO,)),
    Case("SignedInfo indented, answer", ANSWER, changed(within("SignedInfo", laid_out)), (INFO,)),
    Case(
        "references in another order",
        AUTH,
        changed(reordered),
        (ORDER,),
        parts=("BinarySecurityToken", "Timestamp", "Body"),
    ),
    Case(
        "references in another order, step 2",
        NAME,
        changed(reordered),
        (ORDER,),
        parts=("Body", "UsernameToken"),
    ),
    Case(
        "digest corrected without signing",
        PID,
        changed(within("Body", replaced("C1", "C2")), digest_again),
        (at("SignedInfo", "013"),),
    ),
    Case(
        "list changed after signing",
        RA,
        changed(within("Reference", replaced('PrefixList="saml2"', 'PrefixList="sync"'))),
        (at("Body", "003"), at("SignedInfo", "013")),
    ),
    Case(
        "algorithm renamed after signing",
        PID,
        changed(within("Reference", replaced(SHA256, SHA512))),
        (at("Body", "012"), at("SignedInfo", "013", "012")),
    ),
)
_ASSERTION = (
    Case(
        "assertion laid out in the request",
        SAML,
        assertion_then(replaced("<saml:Subject>", "\n    <saml:Subject>")),
        (at("assertion/Assertion", "017", "017+001", "001"),),
    ),
    Case(
        "assertion indented in the request",
        SAML,
        assertion_then(within("AttributeStatement", laid_out)),
        (at("assertion/Assertion", "017", "017+001", "001"),),
    ),
    Case(
        "assertion indented in the answer",
        ASSERTION,
        changed(within("AttributeStatement", laid_out)),
        (at("Assertion", "001", "017", "017+001"),),
    ),
    Case(
        "certificate of the assertion folded",
        SAML,
        assertion_then(folded("AttributeValue")),
        (at("assertion/Assertion", "017", "017+011", "011"),),
    ),
    Case(
        "assertion laid out after the request was signed",
        SAML,
        changed(within("AttributeStatement", laid_out)),
        (
            at("Assertion", "001", "017", "017+001"),
            at("assertion/Assertion", "001", "017", "017+001"),
        ),
    ),
)
CASES = (
    *_LAID_OUT,
    *_SPACES,
    *_TEXTS,
    *_INFOS,
    *_ASSERTION,
)
