"""``POST /_sandbox/login``: a signed test JWT for a fictitious person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from memhon.findings import make
from memhon.platform.services import Platform
from memhon.sandbox import Told, WishError, keys, misunderstood
from memhon.security import instants

LOGIN = "/_sandbox/login"
_FORMS = 'une de ces formes : {"practitioner"}, {"practitioner", "member"}, {"patient"}'


@dataclass(frozen=True, slots=True)
class Login:
    """Issues JWT in the forms that the platform reads."""

    platform: Platform

    def ask(
        self,
        method: str,
        path: str,
        wish: Any = None,
        query: Mapping[str, str] | None = None,
        _address: str = "",
    ) -> Told:
        """Answer a request.

        Args:
            method: Of HTTP.
            path: ``LOGIN``.
            wish: Who comes in: ids of the catalogue by quality.
            query: What follows the path.

        Raises:
            WishError: It is refused.
            SecurityError: The key cannot be made or read.
        """
        if method != "POST":
            raise WishError(405, make("SBX-019", found=f"{method} {path}"))
        for name, value in (query or {}).items():
            raise misunderstood(f"?{name}", value, "aucun paramètre")
        given = keys(wish, {"practitioner": str, "member": str, "patient": str})
        if set(given) not in ({"patient"}, {"practitioner"}, {"practitioner", "member"}):
            raise misunderstood("corps de la requête", given, _FORMS)
        name, certificate = self._named(given)
        token, end = self.platform.tokens.issue(name)
        headers = {"Authorization": f"Bearer {token}"}
        if certificate:
            headers[self.platform.settings.certificate_header] = certificate
        told = {
            "access_token": token,
            "token_type": "Bearer",
            "expires_at": instants.seconds(end),
            "name": name,
            "headers": headers,
        }
        return Told(value=told)

    def _named(self, given: Mapping[str, str]) -> tuple[str, str]:
        """The name for the token, and the certificate's fields that go with it."""
        directory = self.platform.directory
        if "patient" in given:
            persons = [each for each in directory.persons if each.id == given["patient"]]
            if not persons:
                raise _stranger("patient", given["patient"])
            return directory.patient_name(persons[0]), ""
        holders = [each for each in directory.providers if each.id == given["practitioner"]]
        if not holders:
            raise _stranger("practitioner", given["practitioner"])
        holder = holders[0].ehealth_id
        member = given.get("member")
        if member is not None and member not in {each.id for each in directory.persons}:
            raise _stranger("member", member)
        key = self.platform.settings.certificate_key
        return member or holder, f"C=LU, title=PS-001, {key}={holder}"


def methods(_path: str) -> tuple[str, ...]:
    """What the path answers to."""
    return ("POST",)


def _stranger(element: str, found: str) -> WishError:
    return WishError(400, make("PLA-029", element=element, found=found))
