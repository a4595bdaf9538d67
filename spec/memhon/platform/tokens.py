"""The JWT of a caller: issued for the fictitious persons, and read without any leniency."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import jwt

from memhon.clock import Clock
from memhon.findings import make
from memhon.platform.callers import PlatformError
from memhon.platform.settings import Settings
from memhon.security import KeyPair, instants

ALGORITHM = "RS256"
_LONGEST = 8192
_CLAIMS = ("iss", "aud", "sub", "nbf", "exp")
_CHALLENGE = {"WWW-Authenticate": "Bearer"}


class Tokens:
    """Issues and reads JWT; safe to use from several threads.

    Args:
        pair: Gives the key; asked when the first token is issued or read.
        settings: Issuer, audience and life.
        clock: Of the sandbox.
    """

    def __init__(self, pair: Callable[[], KeyPair], settings: Settings, clock: Clock) -> None:
        self._made = pair
        self._settings = settings
        self._clock = clock

    @cached_property
    def _pair(self) -> KeyPair:
        return self._made()

    def issue(self, name: str) -> tuple[str, datetime]:
        """A token for a name, and the instant at which it ends.

        Raises:
            SecurityError: The key cannot be made or read.
        """
        begin = self._clock.now().astimezone(UTC).replace(microsecond=0)
        end = begin + self._settings.token_life
        claims = {
            "iss": self._settings.issuer,
            "aud": self._settings.audience,
            "sub": name,
            "iat": int(begin.timestamp()),
            "nbf": int(begin.timestamp()),
            "exp": int(end.timestamp()),
        }
        return jwt.encode(claims, self._pair.private_key, ALGORITHM), end

    def name_of(self, token: str) -> str:
        """Whom a token names.

        Raises:
            PlatformError: It is unreadable, badly signed, of another issuer or audience, or out of
                its time (401).
            SecurityError: The key cannot be made or read.
        """
        claims = self._read(token)
        now = self._clock.now().timestamp()
        begin, end = claims["nbf"], claims["exp"]
        if type(begin) is not int or type(end) is not int or type(claims["sub"]) is not str:
            raise _refused("PLA-002", "nbf, exp ou sub d'un autre type")
        if not begin <= now < end:
            found = "pas encore valable" if now < begin else "échu"
            raise _refused("PLA-006", found, instants.seconds(self._clock.now()))
        return str(claims["sub"])

    def _read(self, token: str) -> dict[str, Any]:
        if len(token) > _LONGEST:
            raise _refused("PLA-002", f"{len(token)} caractères")
        try:
            return jwt.decode(
                token,
                self._pair.certificate.public_key(),  # type: ignore[arg-type]
                algorithms=[ALGORITHM],
                issuer=self._settings.issuer,
                audience=self._settings.audience,
                options={
                    "require": list(_CLAIMS),
                    # The library would look at the machine's clock.
                    "verify_exp": False,
                    "verify_nbf": False,
                    "verify_iat": False,
                },
            )
        except jwt.InvalidAlgorithmError:
            raise _refused("PLA-003", _algorithm(token), ALGORITHM) from None
        except jwt.InvalidSignatureError:
            raise _refused("PLA-004") from None
        except jwt.InvalidIssuerError:
            raise _refused("PLA-005", "iss", self._settings.issuer) from None
        except jwt.InvalidAudienceError:
            raise _refused("PLA-005", "aud", self._settings.audience) from None
        except jwt.MissingRequiredClaimError as error:
            raise _refused("PLA-002", f"{error.claim} manque") from None
        except (jwt.PyJWTError, ValueError, TypeError, RecursionError) as error:
            raise _refused("PLA-002", type(error).__name__) from None


def _algorithm(token: str) -> str:
    return str(jwt.get_unverified_header(token).get("alg", "absent"))


def _refused(finding: str, found: str | None = None, expected: str | None = None) -> PlatformError:
    return PlatformError(401, make(finding, found=found, expected=expected), headers=_CHALLENGE)
