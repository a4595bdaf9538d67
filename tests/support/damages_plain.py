"""What is right although it looks odd, and what nobody can explain."""

from datetime import timedelta

from damage_surgery import indented, replaced, within
from damage_ways import changed, cut_and_signed
from damages import Case, at
from damages_signed import ANSWER, ASSERTION, AUTH, NAME, PID, RA, SAML

_MESSAGES = (AUTH, SAML, NAME, PID, RA, ANSWER, ASSERTION)
_RIGHT = (
    *(Case(f"right, {step}", step, changed(), ()) for step in _MESSAGES),
    Case("right, read in its minute", AUTH, changed(), (), later=timedelta(seconds=5)),
    Case("right, assertion in its minute", SAML, changed(), (), later=timedelta(seconds=5)),
    Case("right, laid out before it was signed", PID, cut_and_signed(indented("\t")), ()),
    Case(
        "right, line ends of the file changed", RA, changed(lambda o: o.replace(b"\n", b"\r\n")), ()
    ),
    Case("right, byte order mark in front", SAML, changed(lambda o: b"\xef\xbb\xbf" + o), ()),
    Case(
        "right, attributes in another order",
        AUTH,
        changed(
            replaced(
                "<saml2p:AuthnRequest AssertionConsumerServiceURL",
                "<saml2p:AuthnRequest  AssertionConsumerServiceURL",
            )
        ),
        (),
    ),
)


def _edited(name: str, step: str, local: str, old: str, new: str, *expected) -> Case:
    return Case(name, step, changed(within(local, replaced(old, new))), expected)


_EDITED = (
    _edited("value edited, step 1", AUTH, "Body", "minimum", "maximum", at("Body", "090")),
    _edited("instant edited", AUTH, "Timestamp", "00:01:13", "00:01:14", at("Timestamp", "090")),
    _edited("space edited", SAML, "Body", "900000", "900009", at("Body", "090")),
    _edited("user edited", NAME, "UsernameToken", "MEMHON", "MEMHOM", at("UsernameToken", "090")),
    _edited("act edited", PID, "Body", "C1", "C2", at("Body", "090")),
    _edited("amount edited", RA, "Body", "57.70", "57.80", at("Body", "090")),
    _edited(
        "address edited in the answer",
        ANSWER,
        "Body",
        "syncexchange",
        "syncechange",
        at("Body", "090"),
    ),
    _edited(
        "name edited in the assertion",
        ASSERTION,
        "Subject",
        "PS-001",
        "PS-002",
        at("Assertion", "090", "090+017", "017"),
    ),
    Case(
        "value edited twice",
        PID,
        changed(within("Body", replaced("C1", "C2")), within("Body", replaced("01<", "02<"))),
        (at("Body", "090"),),
    ),
)
CASES = (*_RIGHT, *_EDITED)
