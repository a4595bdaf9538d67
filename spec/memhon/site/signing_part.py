"""How one step is signed, as a table made from its signing profile."""

from __future__ import annotations

from memhon.catalogue import SigningProfile
from memhon.site.markup import code, table
from memhon.site.provenance import badges

_PARTS = {
    "assertion": "`saml2:Assertion`",
    "body": "`Body`",
    "certificate": "`wsse:BinarySecurityToken` du certificat",
    "keyinfo": "`ds:KeyInfo`",
    "signature": "`ds:Signature`",
    "timestamp": "`wsu:Timestamp`",
    "token": "`wsse:BinarySecurityToken` du jeton",
    "username": "`wsse:UsernameToken`",
}
_KEYS = {
    "reference": (
        "`wsse:SecurityTokenReference` vers le `wsu:Id` du `BinarySecurityToken` du certificat"
    ),
    "certificate": "`ds:X509Data/ds:X509Certificate`, une copie du certificat",
}


def signing_part(here: str, profile: SigningProfile) -> str:
    """The table of a profile: parts, prefix lists, header and KeyInfo, with their sources.

    Args:
        here: Address of the page.
        profile: Step and direction.
    """
    rows = [
        (_PARTS[part.name], _listed(part.prefixes), _demanded(part.name in profile.required))
        for part in profile.parts
    ]
    rows.append(("`ds:SignedInfo`", _listed(profile.signed_info), "–"))
    facts = [
        f"- En-tête `wsse:Security`, dans cet ordre sur le terrain : {_order(profile)}.",
        f"- `KeyInfo` : {_KEYS[profile.key_info]}.",
    ]
    if profile.misspelt:
        facts.append(
            "- `ValueType` du certificat : le terrain écrit `x509-tokenprofile-1.0`, sans le "
            "second trait d'union ; les serveurs acceptent les deux graphies."
        )
    head = ("Partie", "`PrefixList`", "Exigée par le bac à sable")
    sources = f"Source : {badges(here, profile.provenance)}"
    return "\n\n".join((table(head, rows), "\n".join(facts), sources))


def _listed(prefixes: tuple[str, ...]) -> str:
    return code(" ".join(prefixes)) if prefixes else "aucune liste écrite"


def _demanded(required: bool) -> str:
    return "oui" if required else "non"


def _order(profile: SigningProfile) -> str:
    return ", puis ".join(_PARTS[item] for item in profile.header)
