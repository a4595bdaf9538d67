"""Reads the catalogue's TOML and examples from the installed package, once per process."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

from memhon.catalogue.access import AccessVocabulary, vocabulary_of
from memhon.catalogue.consistency import check, check_examples
from memhon.catalogue.engine import Claim, EngineRule, claims_of, engine_rules_of
from memhon.catalogue.entries import (
    code_list_of,
    demo_message_of,
    exchange_of,
    finding_of,
    profile_of,
    tariff_of,
)
from memhon.catalogue.form import Form, forms_of
from memhon.catalogue.hypothesis import Hypothesis, hypotheses_of
from memhon.catalogue.journal import JournalFormat, journal_of
from memhon.catalogue.lifecycle import Lifecycle, check_life, lifecycle_of
from memhon.catalogue.model import (
    CodeList,
    DemoMessage,
    Direction,
    Example,
    Exchange,
    Message,
    Person,
    Profile,
    Provider,
    Tariff,
)
from memhon.catalogue.parity import (
    Parity,
    comparable_findings,
    comparable_settings,
    comparable_transitions,
    parity_of,
)
from memhon.catalogue.signing import SigningProfile, signing_profile
from memhon.catalogue.texts import FindingText
from memhon.errors import CatalogueError

_FAMILIES = ("ra", "pid")


class Catalogue:
    """What exists: exchanges, codes, tariffs, demo persons, findings, examples.

    Each part is read on first use and kept; a contradiction raises ``CatalogueError``.
    """

    def __init__(self, folder: Traversable) -> None:
        self._folder = folder

    @cached_property
    def exchanges(self) -> tuple[Exchange, ...]:
        """All exchanges: first the five of RA, then the three of PID, in the DSR's order."""
        found = [exchange_of(table) for table in self._tables("exchanges")]
        found.sort(key=lambda exchange: (_rank(exchange.family), exchange.number))
        check(found)
        check_examples((entry.name for entry in (self._folder / "examples").iterdir()), found)
        return tuple(found)

    def exchange(self, exchange_id: str) -> Exchange:
        """The exchange of that id.

        Raises:
            CatalogueError: There is none; the message lists the known ids.
        """
        for exchange in self.exchanges:
            if exchange.id == exchange_id:
                return exchange
        known = ", ".join(exchange.id for exchange in self.exchanges)
        raise CatalogueError(f"échange inconnu : « {exchange_id} » ; échanges connus : {known}")

    @cached_property
    def _by_model_uid(self) -> dict[str, Exchange]:
        return {exchange.model_uid: exchange for exchange in self.exchanges}

    @cached_property
    def _by_root(self) -> dict[str, tuple[Exchange, Message]]:
        return {
            message.qname: (exchange, message)
            for exchange in self.exchanges
            for message in (exchange.request, exchange.response)
        }

    def by_model_uid(self, model_uid: str) -> Exchange | None:
        """The exchange with that ``modelUID``, or None."""
        return self._by_model_uid.get(model_uid)

    def by_root(self, qname: str) -> tuple[Exchange, Message] | None:
        """The exchange and its current message with that root in Clark notation, or None."""
        return self._by_root.get(qname)

    def examples(self, exchange_id: str) -> tuple[Example, ...]:
        """All examples of an exchange, sorted by direction and name."""
        folder = self._folder / "examples" / exchange_id
        if not folder.is_dir():
            return ()
        found = []
        for entry in folder.iterdir():
            if entry.name.endswith(".xml"):
                direction, _, name = entry.name.removesuffix(".xml").partition("-")
                found.append(Example(exchange_id, Direction(direction), name, entry.read_bytes()))
        return tuple(sorted(found, key=lambda example: (example.direction, example.name)))

    def example(self, exchange_id: str, direction: str, name: str) -> Example:
        """One example.

        Raises:
            CatalogueError: There is none of that name.
        """
        for example in self.examples(exchange_id):
            if example.direction == direction and example.name == name:
                return example
        raise CatalogueError(f"pas d'exemple « {direction}-{name} » pour l'échange {exchange_id}")

    @cached_property
    def code_lists(self) -> tuple[CodeList, ...]:
        """All code lists, by id."""
        return tuple(code_list_of(table) for table in self._tables("codelists"))

    def code_list(self, list_id: str) -> CodeList:
        """The code list of that id.

        Raises:
            CatalogueError: There is none.
        """
        for code_list in self.code_lists:
            if code_list.id == list_id:
                return code_list
        raise CatalogueError(f"liste de codes inconnue : « {list_id} »")

    @cached_property
    def tariffs(self) -> Mapping[str, Tariff]:
        """The tariffs by act code."""
        entries = (entry for table in self._tables("tariffs") for entry in table["tariff"])
        return MappingProxyType({entry["code"]: tariff_of(entry) for entry in entries})

    @cached_property
    def engine(self) -> tuple[EngineRule, ...]:
        """The rules by which the sandbox judges a simulation, in the order of its answer."""
        return engine_rules_of(self._table("engine/pid.toml")["rule"])

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """What the insurance would claim back from fictitious providers."""
        return claims_of(self._table("demo/claims.toml")["claim"])

    @cached_property
    def persons(self) -> tuple[Person, ...]:
        """The fictitious protected persons."""
        return tuple(Person(**entry) for entry in self._table("demo/persons.toml")["person"])

    @cached_property
    def providers(self) -> tuple[Provider, ...]:
        """The fictitious doctors and dentists."""
        return tuple(Provider(**entry) for entry in self._table("demo/providers.toml")["provider"])

    @cached_property
    def population(self) -> tuple[DemoMessage, ...]:
        """What a populated sandbox has received, oldest first."""
        entries = self._table("demo/messages.toml")["message"]
        return tuple(demo_message_of(entry) for entry in entries)

    def person(self, person_id: str) -> Person:
        """The fictitious person of that id, e.g. ``demo-1``."""
        return next(person for person in self.persons if person.id == person_id)

    def provider(self, provider_id: str) -> Provider:
        """The fictitious provider of that id, e.g. ``demo-1``."""
        return next(provider for provider in self.providers if provider.id == provider_id)

    @cached_property
    def fictitious(self) -> frozenset[str]:
        """Names and numbers of our own persons and providers; they need no masking."""
        persons = {v for p in self.persons for v in (p.matricule, p.nom, p.prenom, p.birth)}
        providers = {v for p in self.providers for v in (p.code, p.ehealth_id, p.nom, p.prenom)}
        return frozenset({"", *persons, *providers})

    @cached_property
    def profiles(self) -> Mapping[str, Profile]:
        """The named profiles by id."""
        found = (profile_of(table) for table in self._tables("profiles"))
        return MappingProxyType({profile.id: profile for profile in found})

    @cached_property
    def signing(self) -> Mapping[str, SigningProfile]:
        """The signing profiles by id, e.g. ``exchange-request-pid``."""
        found = (signing_profile(table) for table in self._tables("signing"))
        return MappingProxyType({profile.id: profile for profile in found})

    @cached_property
    def forms(self) -> Mapping[str, Form]:
        """The printed forms by id."""
        return forms_of(self._tables("forms"))

    @property
    def settings(self) -> Mapping[str, str | bool | int]:
        """The values of the profile ``sandbox``: rates and simulation settings."""
        return self.profiles["sandbox"].values

    @cached_property
    def findings(self) -> Mapping[str, FindingText]:
        """Every registered finding by id, in the order of the ids."""
        found: dict[str, FindingText] = {}
        for table in self._tables("findings"):
            for entry in table.get("finding", ()):
                text = finding_of(entry)
                if text.id in found:
                    raise CatalogueError(f"identifiant d'anomalie en double : {text.id}")
                found[text.id] = text
        return MappingProxyType(dict(sorted(found.items())))

    @cached_property
    def lifecycles(self) -> Mapping[str, Lifecycle]:
        """The tables of transitions by id."""
        found = {table["id"]: lifecycle_of(table) for table in self._tables("lifecycles")}
        for life in found.values():
            states = [code.value for code in self.code_list(life.states).codes]
            check_life(life, states, self.findings)
        return MappingProxyType(found)

    def life_of(self, exchange: Exchange) -> Lifecycle | None:
        """The life that an exchange moves on, or None."""
        for life in self.lifecycles.values():
            if any(event.exchange == exchange.id for event in life.events):
                return life
        return None

    @cached_property
    def journal(self) -> JournalFormat:
        """The form of an editor's usage journal."""
        demo = self._folder / "demo" / "journal.csv"
        return journal_of(self._table("journal.toml"), demo.read_bytes())

    @cached_property
    def access(self) -> AccessVocabulary:
        """The words of the access log."""
        return vocabulary_of(self._table("access.toml"))

    @cached_property
    def hypotheses(self) -> tuple[Hypothesis, ...]:
        """What the project assumes, in the order of the page that lists it."""
        return hypotheses_of(self._table("hypotheses.toml")["hypothesis"])

    @cached_property
    def comparable(self) -> tuple[str, ...]:
        """Everything whose parity with the real systems is to be told; see ``Parity.covers``."""
        return (
            *(f"exchanges/{exchange.id}" for exchange in self.exchanges),
            *comparable_findings(self.findings.values()),
            *comparable_transitions(self.lifecycles.values()),
            *(f"engine/{rule.id}" for rule in self.engine),
            *(f"tariffs/{code}" for code in self.tariffs),
            *(f"codelists/{code_list.id}" for code_list in self.code_lists),
            *comparable_settings(self.profiles.values()),
        )

    @cached_property
    def parity(self) -> tuple[Parity, ...]:
        """How far the sandbox behaves as the real systems do, in the order of the page."""
        return parity_of(self._table("parity.toml")["behaviour"], self.comparable)

    def _tables(self, folder: str) -> Iterator[dict[str, Any]]:
        entries = sorted((self._folder / folder).iterdir(), key=lambda entry: entry.name)
        for entry in entries:
            if entry.name.endswith(".toml"):
                yield self._table(f"{folder}/{entry.name}")

    def _table(self, path: str) -> dict[str, Any]:
        try:
            return tomllib.loads(self._folder.joinpath(path).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise CatalogueError(f"catalogue illisible : {path} : {error}") from error


@cache
def load() -> Catalogue:
    """The catalogue of the installed package; the same object at every call."""
    return Catalogue(files("memhon.catalogue"))


def exchanges() -> tuple[Exchange, ...]:
    """All exchanges of the catalogue: the five of RA, then the three of PID."""
    return load().exchanges


def _rank(family: str) -> int:
    return _FAMILIES.index(family) if family in _FAMILIES else len(_FAMILIES)
