"""What must never be shown: the secrets that the tests work with."""

import base64
from functools import lru_cache

from memhon.catalogue import load
from memhon.home import pki_path
from memhon.security import Pki, hashed

_CHUNK = 24


@lru_cache(maxsize=1)
def secrets() -> dict[str, str]:
    """Name of the secret → a text that betrays it."""
    folder = pki_path()
    pki = Pki(folder)
    key = pki.practitioner("demo-1").private_key.private_numbers()
    settings = load().settings
    pem = (folder / "demo-1.pem").read_text().splitlines()
    return {
        "key password": pki.password().decode(),
        "PKCS#12": base64.b64encode((folder / "demo-1.p12").read_bytes())[200:240].decode(),
        "private key, PEM": pem[5],
        "private key, prime": str(key.p)[:40],
        "account password": str(settings["account_password"]),
        "account password, hashed": hashed(str(settings["account_password"])),
        "matricule of the practitioner": load().provider("demo-1").matricule,
    }


def leaks(text: str, *more: str) -> list[str]:
    """The names of the secrets that stand in a text.

    Args:
        text: What was shown.
        more: Other secrets, e.g. a token; each part of them counts.
    """
    found = [name for name, secret in secrets().items() if secret in text]
    plain = "".join(text.split())
    for secret in more:
        whole = "".join(secret.split())
        parts = range(0, max(1, len(whole) - _CHUNK), _CHUNK)
        if any(whole[start : start + _CHUNK] in plain for start in parts):
            found.append(f"{whole[:6]}…")
    return found
