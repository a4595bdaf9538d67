"""Signed wrongly: one mistake of a signer each."""

from damage_signer import Way
from damage_surgery import replaced, within
from damage_ways import (
    ALL,
    ALONE,
    BOM,
    BOM_FIRST,
    COMMENTS,
    CRLF,
    DECLARED,
    HEX,
    INCLUSIVE,
    base64_of_hex,
    by_other,
    by_stranger,
    child,
    content,
    cut_and_signed,
    from_source,
    hashed,
    other_node,
    shaped,
    signed,
    text_only,
    truncated,
    unpadded,
    url_alphabet,
    with_list,
    written,
)
from damages import Case, at

AUTH, SAML, NAME = "authentication-request", "token-request-saml", "token-request-username"
PID, RA, ANSWER, ASSERTION = (
    "exchange-request-pid",
    "exchange-request-ra",
    "service-response",
    "assertion",
)
FORM = at("SignedInfo", "014", "003+014", "004+014", "005+014")
"""The cause may name the list or the form along with itself."""
COMMENT = replaced("<saml2:Subject>", "<!-- qui -->\n<saml2:Subject>")
REMARK = within("Body", replaced("<cns:UTA>", "<!-- une remarque --><cns:UTA>"))
PROCESSING = within("Body", replaced("<cns:UTA>", "<?modele v1?><cns:UTA>"))

_LISTS = (
    Case("list empty, Body", AUTH, signed(Body=with_list()), (at("Body", "003", "004"),)),
    Case(
        "list of the Body for the timestamp",
        AUTH,
        signed(Timestamp=with_list("saml2")),
        (at("Timestamp", "003", "004"),),
    ),
    Case(
        "list of the certificate's neighbour",
        AUTH,
        signed(BinarySecurityToken=with_list("wsse", "saml2", "soapenv")),
        (at("BinarySecurityToken", "003"),),
    ),
    Case(
        "list of the assertion for the Body",
        SAML,
        signed(Body=with_list("wsse", "wsu", "auth", "ns", "soapenv", "wsa", "wsp")),
        (at("Body", "003"),),
    ),
    Case(
        "list empty, assertion",
        SAML,
        signed(Assertion=with_list()),
        (at("Assertion", "003", "004"),),
    ),
    Case(
        "list of step 3, user name",
        NAME,
        signed(UsernameToken=with_list("soapenv", "sync")),
        (at("UsernameToken", "003", "004"),),
    ),
    Case("list empty, PID", PID, signed(Body=with_list()), (at("Body", "003", "004"),)),
    Case("list of RA for PID", PID, signed(Body=with_list("saml2")), (at("Body", "003", "004"),)),
    Case("list of PID for RA", RA, signed(Body=with_list("sync")), (at("Body", "003"),)),
    Case("every prefix listed, RA", RA, signed(Body=ALL), (at("Body", "003", "005"),)),
    Case(
        "list where none is written",
        ANSWER,
        signed(KeyInfo=with_list("soap", "wsse")),
        (at("KeyInfo", "003"),),
    ),
)
_FORMS = (
    Case("inclusive, Body of step 1", AUTH, signed(Body=INCLUSIVE), (at("Body", "005"),)),
    Case(
        "inclusive, user name",
        NAME,
        signed(UsernameToken=INCLUSIVE),
        (at("UsernameToken", "005", "003"),),
    ),
    Case("inclusive, PID", PID, signed(Body=INCLUSIVE), (at("Body", "005"),)),
    Case("inclusive, answer", ANSWER, signed(Body=INCLUSIVE), (at("Body", "005", "003"),)),
    Case(
        "inclusive, in the assertion",
        ASSERTION,
        signed(Assertion=INCLUSIVE),
        (at("Assertion", "005", "017", "005+017"),),
    ),
    Case("element alone", PID, signed(Body=ALONE), (at("Body", "003", "004"),)),
    Case(
        "comment digested, step 1",
        AUTH,
        cut_and_signed(COMMENT, Body=COMMENTS),
        (at("Body", "005", "006"),),
    ),
    Case(
        "comment digested, PID",
        PID,
        cut_and_signed(REMARK, Body=COMMENTS),
        (at("Body", "005", "006"),),
    ),
    Case(
        "instruction left out",
        PID,
        cut_and_signed(PROCESSING, Body=shaped(lambda o: o.replace(b"<?modele v1?>", b""))),
        (at("Body", "006"),),
    ),
    Case("CRLF digested, RA", RA, signed(Body=CRLF), (at("Body", "002"),)),
    Case("CRLF digested, answer", ANSWER, signed(Body=CRLF), (at("Body", "002"),)),
    Case(
        "carriage returns kept as &#xD;",
        PID,
        signed(Body=shaped(lambda o: o.replace(b"\n", b"&#xD;\n"))),
        (at("Body", "002"),),
    ),
    Case(
        "CR only", PID, signed(Body=shaped(lambda o: o.replace(b"\n", b"\r"))), (at("Body", "002"),)
    ),
)
_NODES = (
    Case(
        "timestamp digested for the certificate",
        AUTH,
        signed(BinarySecurityToken=Way(other_node("Timestamp"))),
        (at("BinarySecurityToken", "007"),),
    ),
    Case("child of the Body", PID, signed(Body=Way(child)), (at("Body", "007"),)),
    Case("child of the Body, step 2", NAME, signed(Body=Way(child)), (at("Body", "007"),)),
    Case(
        "Security instead of the user name",
        NAME,
        signed(Body=Way(other_node("UsernameToken"))),
        (at("Body", "007"),),
    ),
    Case("content of the Body", RA, signed(Body=Way(content)), (at("Body", "007", "008"),)),
    Case("payload of the answer", ANSWER, signed(Body=Way(child)), (at("Body", "007"),)),
    Case(
        "subject of the assertion",
        ASSERTION,
        signed(Assertion=Way(other_node("Subject"))),
        (at("Assertion", "007", "007+017"),),
    ),
    Case("source text of the Body", PID, from_source("Body"), (at("Body", "008"),)),
    Case("source text of the timestamp", AUTH, from_source("Timestamp"), (at("Timestamp", "008"),)),
    Case("source text of the assertion", SAML, from_source("Assertion"), (at("Assertion", "008"),)),
    Case(
        "text of the user name",
        NAME,
        signed(UsernameToken=Way(text_only)),
        (at("UsernameToken", "008"),),
    ),
)
_WRAPPED = (
    Case("byte order mark", RA, signed(Body=BOM_FIRST), (at("Body", "009"),)),
    Case("declaration", PID, signed(Body=DECLARED), (at("Body", "009"),)),
    Case("declaration, assertion", SAML, signed(Assertion=DECLARED), (at("Assertion", "009"),)),
    Case(
        "UTF-16",
        AUTH,
        signed(Body=shaped(lambda o: o.decode().encode("utf-16-le"))),
        (at("Body", "009"),),
    ),
    Case(
        "ISO-8859-1",
        RA,
        signed(Body=shaped(lambda o: o.decode().encode("latin-1"))),
        (at("Body", "009"),),
    ),
    Case(
        "mark and declaration",
        ANSWER,
        signed(Body=shaped(lambda o: BOM + b'<?xml version="1.0" encoding="UTF-8"?>' + o)),
        (at("Body", "009"),),
    ),
)
_VALUES = (
    Case("hexadecimal", PID, signed(Body=HEX), (at("Body", "010"),)),
    Case(
        "capital hexadecimal",
        SAML,
        signed(Body=written(lambda d: d.hex().upper())),
        (at("Body", "010"),),
    ),
    Case(
        "base64 of hexadecimal",
        AUTH,
        signed(Timestamp=written(base64_of_hex)),
        (at("Timestamp", "010"),),
    ),
    Case("truncated", RA, signed(Body=written(truncated)), (at("Body", "010"),)),
    Case(
        "URL alphabet",
        NAME,
        signed(UsernameToken=written(url_alphabet)),
        (at("UsernameToken", "010"),),
    ),
    Case("without padding", ANSWER, signed(Body=written(unpadded)), (at("Body", "010"),)),
    Case("SHA-1, PID", PID, signed(Body=hashed("sha1")), (at("Body", "012"),)),
    Case("SHA-512, step 1", AUTH, signed(Body=hashed("sha512")), (at("Body", "012"),)),
    Case("SHA-1, assertion", SAML, signed(Assertion=hashed("sha1")), (at("Assertion", "012"),)),
    Case("MD5, answer", ANSWER, signed(Body=hashed("md5")), (at("Body", "012"),)),
    Case("signature over SHA-1", RA, signed(info=hashed("sha1")), (at("SignedInfo", "012"),)),
    Case("signature over SHA-512", NAME, signed(info=hashed("sha512")), (at("SignedInfo", "012"),)),
)
_INFOS = (
    Case("SignedInfo with no list", AUTH, signed(info=with_list()), (FORM,)),
    Case(
        "SignedInfo with the list of step 1",
        SAML,
        signed(info=with_list("saml2", "soapenv")),
        (FORM,),
    ),
    Case(
        "SignedInfo with the list of the Body",
        PID,
        signed(info=with_list("sync")),
        (FORM,),
    ),
    Case("SignedInfo inclusive", RA, signed(info=INCLUSIVE), (FORM,)),
    Case("SignedInfo inclusive, answer", ANSWER, signed(info=INCLUSIVE), (FORM,)),
    Case(
        "SignedInfo with a list, answer",
        ANSWER,
        signed(info=with_list("soap")),
        (FORM,),
    ),
    Case("SignedInfo alone", NAME, signed(info=ALONE), (FORM,)),
    Case("another known key", AUTH, by_other, (at("SignedInfo", "015"),)),
    Case("another known key, PID", PID, by_other, (at("SignedInfo", "015"),)),
    Case("a key that nobody knows", NAME, by_stranger, (at("SignedInfo", "015"),)),
    Case(
        "a key that nobody knows, answer",
        ANSWER,
        by_stranger,
        (at("SignedInfo", "015"),),
        known=False,
    ),
)
CASES = (*_LISTS, *_FORMS, *_NODES, *_WRAPPED, *_VALUES, *_INFOS)
