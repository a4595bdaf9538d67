"""The platform's settings, as the catalogue has them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from memhon.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Settings:
    """How callers are recognised and how lists are cut."""

    issuer: str
    """``iss`` of a JWT."""
    audience: str
    """``aud`` of a JWT."""
    token_life: timedelta
    patient_oid: str
    """Assigning authority of patients' identifiers in a JWT."""
    certificate_header: str
    """Header in which a proxy hands the fields of the client certificate on."""
    certificate_key: str
    """Field of the certificate that holds the eHealthID."""
    cns: frozenset[str]
    """eHealthIDs of certificates that stand for the CNS."""
    admin: frozenset[str]
    """eHealthIDs of certificates that stand for the administration."""
    page_size: int
    """Documents to a page when nothing is said."""
    largest_page: int
    """Documents to a page at most."""


def settings_of(catalogue: Catalogue) -> Settings:
    """The settings that stand in the catalogue."""
    values = catalogue.settings
    return Settings(
        issuer=str(values["platform_issuer"]),
        audience=str(values["platform_audience"]),
        token_life=timedelta(minutes=int(values["platform_token_minutes"])),
        patient_oid=str(values["platform_patient_oid"]),
        certificate_header=str(values["platform_certificate_header"]),
        certificate_key=str(values["platform_certificate_key"]),
        cns=_listed(values["platform_cns"]),
        admin=_listed(values["platform_admin"]),
        page_size=int(values["platform_page_size"]),
        largest_page=int(values["platform_largest_page"]),
    )


def _listed(value: object) -> frozenset[str]:
    return frozenset(part.strip() for part in str(value).split(",") if part.strip())
