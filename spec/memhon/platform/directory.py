"""Who is who: the part of the patient index (MPI) and of the directory of professionals (HPD).

Both answer from the fictitious persons of the catalogue, and know nobody else.
"""

from __future__ import annotations

from dataclasses import dataclass

from memhon.catalogue import Catalogue, Person, Provider


@dataclass(frozen=True, slots=True)
class Directory:
    """Finds fictitious persons and practitioners."""

    persons: tuple[Person, ...]
    providers: tuple[Provider, ...]
    patient_oid: str
    """Assigning authority of the local identifiers of patients."""

    def patient_name(self, person: Person) -> str:
        """A patient as a JWT names them: four parts in the manner of HL7 CX."""
        return f"{person.id}^^^&{self.patient_oid}&ISO"

    def resolve(self, name: str) -> Person | None:
        """The patient whom a JWT names, or None."""
        local, _, rest = name.partition("^")
        if rest != f"^^&{self.patient_oid}&ISO":
            return None
        return next((person for person in self.persons if person.id == local), None)

    def person(self, matricule: str) -> Person | None:
        """The person with a national number, or None."""
        return next((person for person in self.persons if person.matricule == matricule), None)

    def provider(self, ehealth_id: str) -> Provider | None:
        """The practitioner with an eHealthID, or None."""
        return next((each for each in self.providers if each.ehealth_id == ehealth_id), None)


def directory_of(catalogue: Catalogue, patient_oid: str) -> Directory:
    """The directory of the catalogue's persons."""
    return Directory(tuple(catalogue.persons), tuple(catalogue.providers), patient_oid)


def is_patient_name(name: str) -> bool:
    """Whether a JWT's name has the four parts of a patient (E V2.4)."""
    parts = name.split("^")
    return len(parts) == 4 and parts[3].startswith("&") and parts[3].endswith("&ISO")
