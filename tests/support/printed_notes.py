"""Fee notes for the printed form: of many lines, with extreme values, or drawn at random."""

import random
import re
from dataclasses import dataclass
from decimal import Decimal
from string import ascii_letters, digits

from hypothesis import strategies as st

from memhon.catalogue import load
from memhon.messages import parse, serialize

DIACRITICS = "ëéèêäöüïîôûçœæßËÉÄÖÜŁžńșğőŠÇñ"
"""Luxembourgish, French and German ones, and some of the neighbours'."""
TEXT = st.text(st.sampled_from(ascii_letters + DIACRITICS + f" -'.&<{digits}"), max_size=100)
NAME = st.text(st.sampled_from(ascii_letters + DIACRITICS + " -'"), min_size=1, max_size=150)
AMOUNT = st.decimals("-99999.99", "9999999.99", places=2)


@dataclass(frozen=True)
class Act:
    """One line of a note."""

    code: str
    label: str
    count: int
    gross: Decimal
    personal: Decimal | None


ACT = st.builds(
    Act,
    st.text(st.sampled_from(f"ABCDEFXYZ{digits}"), min_size=1, max_size=6),
    st.text(st.sampled_from(ascii_letters + DIACRITICS + " -'()"), max_size=35),
    st.integers(1, 99),
    AMOUNT,
    st.none() | AMOUNT,
)


def example(name: str = "rich") -> object:
    """A fee note of the catalogue, without its PDF."""
    note = parse(load().example("ra-depot", "request", name).data)
    note.document = None
    return note


def with_acts(note: object, acts: list[Act]) -> object:
    """The note with these lines instead of its own, and totals that fit."""
    first = note.prestation[-1]
    kind = type(first)
    note.prestation = [
        kind(
            numero_ligne=number,
            lieu="01",
            periode=type(first.periode)(date_debut=first.periode.date_debut),
            acte=type(first.acte)(code_acte=act.code, libelle=act.label or None),
            nombre=act.count,
            montant_brut=act.gross,
            part_personelle=act.personal,
        )
        for number, act in enumerate(acts, 1)
    ]
    total = sum((act.gross for act in acts), Decimal("0.00"))
    paid = note.paiement
    paid.sous_total, paid.report, paid.acompte_adeduire, paid.a_payer = total, None, None, total
    return note


def many(count: int) -> object:
    """A note of so many lines, always the same."""
    drawn = random.Random(count)
    acts = [
        Act(f"C{n % 99}", f"Consultation n° {n}", 1 + n % 3, _cents(drawn), _cents(drawn))
        for n in range(1, count + 1)
    ]
    return with_acts(example("minimal"), acts)


def extreme() -> object:
    """Every text as long as it may be, first with and then without a place to break."""
    note = example()
    head = note.entete
    for person in (head.facturier, head.patient, head.assure):
        person.nom = ("Schmëtt-Müller-Ängelsbierg " * 6)[:150]
        person.prenom = "É" * 100
    head.facturier.titre = "Prof. Dr " * 5
    head.facturier.email = "x" * 80 + "@exemple.invalid"
    head.numero_memoire_honoraires = "2026-0042-" * 10
    for address in (head.facturier.adresse, head.assure.adresse):
        address.extension1, address.extension2 = "W" * 100, "rue " * 25
        address.rue, address.localite = "Ù" * 80, "Lëtzebuerg " * 7
    for line in note.prestation:
        line.acte.libelle = "Mmmmmmmm" * 4
        line.type_seance, line.dent = "W" * 20, "WWW"
        line.numero_ligne = 10**24
        line.montant_brut = Decimal("-98765432109876543210.12")
    note.libre.texte_libre_virement = "Lëtzebuergesch " * 160
    note.libre.texte_libre_medical = "A" * 200
    return note


def full(count: int) -> object:
    """A note of so many lines, each field as long as the schema lets it be."""
    note = example()
    line = note.prestation[0]
    line.acte.code_acte, line.acte.libelle = "M" * 6, "Mmmm " * 7
    line.dent, line.type_seance, line.numero_seance = "MMM", "M" * 20, "MM"
    line.numero_titre_ordonnance = "M" * 36
    line.montant_brut = line.part_personelle = Decimal("-1234567.89")
    line.periode.date_fin = note.prestation[-1].periode.date_debut
    note.prestation = [line] * count
    return note


def as_message(note: object) -> bytes:
    """The note as a message."""
    return serialize(note)


def squeezed(text: str) -> str:
    """Text without any white space, as line breaks stand anywhere in long words."""
    return re.sub(r"\s+", "", text)


def _cents(drawn: random.Random) -> Decimal:
    return Decimal(drawn.randrange(1, 20_000)) / 100
