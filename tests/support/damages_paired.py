"""Two mistakes at once: at one place, or at two."""

from dataclasses import replace
from datetime import timedelta

from damage_signer import Way, again, exclusive, inclusive
from damage_surgery import folded, indented, laid_out, replaced, unfolded, within
from damage_ways import (
    ALONE,
    BOM,
    COMMENTS,
    CRLF,
    DECLARATION,
    HEX,
    INCLUSIVE,
    base64_of_hex,
    changed,
    child,
    cut_and_signed,
    from_source,
    hashed,
    hexadecimal,
    signed,
    text_only,
    then,
    with_list,
)
from damages import Case, at
from damages_changed import INFO
from damages_named import account, named, password
from damages_signed import ANSWER, ASSERTION, AUTH, FORM, NAME, PID, RA, REMARK, SAML

ONLY = Way(lambda node, _: inclusive(next(node.iterchildren())))
DECLARED = Way(lambda node, _: DECLARATION + inclusive(node))
BODY = within("Body", laid_out)
_SAME_PLACE = (
    Case(
        "wrong list, then indented",
        SAML,
        then(signed(Body=with_list()), BODY),
        (at("Body", "001+003", "001+004"),),
    ),
    Case(
        "wrong list, then indented, step 1",
        AUTH,
        then(signed(Body=with_list()), indented()),
        (at("Body", "001+003", "001+004"), at("Timestamp", "001"), INFO),
    ),
    Case(
        "inclusive, then indented",
        SAML,
        then(signed(Body=INCLUSIVE), BODY),
        (at("Body", "001+005", "001+003"),),
    ),
    Case(
        "SHA-1, then indented",
        NAME,
        then(signed(Body=hashed("sha1")), BODY),
        (at("Body", "001+012"),),
    ),
    Case(
        "hexadecimal, then indented",
        ANSWER,
        then(signed(KeyInfo=HEX), within("KeyInfo", laid_out)),
        (at("KeyInfo", "001+010"),),
    ),
    Case(
        "wrong list and hexadecimal",
        AUTH,
        signed(Body=replace(with_list(), written=hexadecimal)),
        (at("Body", "003+010", "004+010"),),
    ),
    Case(
        "wrong list and SHA-1",
        PID,
        signed(Body=hashed("sha1", with_list())),
        (at("Body", "003+012", "004+012"),),
    ),
    Case(
        "hexadecimal of SHA-1",
        RA,
        signed(Body=Way(hashed="sha1", written=hexadecimal)),
        (at("Body", "010+012"),),
    ),
    Case(
        "base64 of hexadecimal of SHA-512",
        SAML,
        signed(Body=Way(hashed="sha512", written=base64_of_hex)),
        (at("Body", "010+012"),),
    ),
    Case(
        "CRLF behind a byte order mark",
        RA,
        signed(Body=Way(lambda n, p: BOM + exclusive(n, p).replace(b"\n", b"\r\n"))),
        (at("Body", "002+009"),),
    ),
    Case(
        "CRLF and another list",
        PID,
        signed(Body=Way(lambda n, _: exclusive(n, ()).replace(b"\n", b"\r\n"))),
        (at("Body", "002+003", "002+004"),),
    ),
    Case(
        "CRLF, hexadecimal",
        ANSWER,
        signed(Body=replace(CRLF, written=hexadecimal)),
        (at("Body", "002+010"),),
    ),
    Case(
        "source text behind a byte order mark",
        PID,
        from_source("Body", lambda o: BOM + o),
        (at("Body", "008+009"),),
    ),
    Case(
        "source text with CRLF",
        RA,
        from_source("Body", lambda o: o.replace(b"\n", b"\r\n")),
        (at("Body", "002+008"),),
    ),
    Case(
        "child, with another list",
        PID,
        signed(Body=Way(lambda n, _: child(n, ()))),
        (at("Body", "007", "003+007", "004+007"),),
    ),
    Case(
        "child, inclusive",
        ANSWER,
        signed(Body=ONLY),
        (at("Body", "005+007"),),
    ),
    Case("child, by SHA-1", RA, signed(Body=hashed("sha1", Way(child))), (at("Body", "007+012"),)),
    Case(
        "text in hexadecimal",
        NAME,
        signed(UsernameToken=Way(text_only, written=hexadecimal)),
        (at("UsernameToken", "008+010"),),
    ),
    Case(
        "comments digested, by SHA-1",
        PID,
        cut_and_signed(REMARK, Body=hashed("sha1", COMMENTS)),
        (at("Body", "005+012", "006+012"),),
    ),
    Case(
        "inclusive behind a declaration",
        PID,
        signed(Body=DECLARED),
        (at("Body", "005+009", "003+009"),),
    ),
    Case(
        "token unfolded and laid out",
        ANSWER,
        changed(within("Body", unfolded("BinarySecurityToken")), BODY),
        (at("Body", "001+011"),),
    ),
    Case(
        "certificate folded, wrong list",
        AUTH,
        then(signed(BinarySecurityToken=with_list("saml2")), folded("BinarySecurityToken")),
        (at("BinarySecurityToken", "003+011", "004+011"),),
    ),
    Case(
        "id in small letters and a wrong list",
        PID,
        lambda s: again(
            named(bytes.lower)(s),
            s.key,
            {"Body": with_list()},
            targets={0: "//*[local-name()='Body']"},
        ),
        (at("Body", "003+018", "004+018"),),
    ),
    Case(
        "SignedInfo with no list, by SHA-1",
        AUTH,
        signed(info=hashed("sha1", with_list())),
        (at("SignedInfo", "012+014", "003+012+014", "004+012+014"),),
    ),
    Case(
        "SignedInfo alone, then indented",
        RA,
        then(signed(info=ALONE), within("SignedInfo", laid_out)),
        (
            at(
                "SignedInfo",
                "013+014",
                "001+014",
                "001+013+014",
                "001+003+013+014",
                "001+004+013+014",
            ),
        ),
    ),
)
_TWO_PLACES = (
    Case(
        "wrong list there, hexadecimal here",
        AUTH,
        signed(Timestamp=with_list(), Body=HEX),
        (at("Timestamp", "003", "004"), at("Body", "010")),
    ),
    Case(
        "indented and another key",
        NAME,
        then(lambda s: again(s.data, s.other), BODY),
        (at("Body", "001"), at("SignedInfo", "015")),
    ),
    Case(
        "wrong list and SignedInfo inclusive",
        SAML,
        signed(Assertion=with_list(), info=INCLUSIVE),
        (at("Assertion", "003", "004"), FORM),
    ),
    Case(
        "an hour early, wrong list",
        AUTH,
        signed(Body=with_list()),
        (at("document", "020"), at("Body", "003", "004")),
        later=-timedelta(hours=1),
    ),
    Case(
        "password in clear, then indented",
        NAME,
        then(password(lambda _: account()), BODY),
        (at("document", "021"), at("Body", "001")),
        passwords=(account(),),
    ),
    Case(
        "assertion laid out, wrong list",
        SAML,
        lambda s: again(
            within("Assertion", replaced("<saml:Subject>", "\n<saml:Subject>"))(s.data),
            s.key,
            {"Body": with_list()},
        ),
        (at("assertion/Assertion", "017", "017+001", "001"), at("Body", "003", "004")),
    ),
    Case(
        "inclusive and SHA-1, in the assertion",
        ASSERTION,
        signed(Assertion=hashed("sha1", INCLUSIVE)),
        (at("Assertion", "005+012", "005+012+017"),),
    ),
)
CASES = (*_SAME_PLACE, *_TWO_PLACES)
