"""Reference pages made from the catalogue: findings, code lists, fictitious data."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType

from memhon.catalogue import (
    Claim,
    Code,
    CodeList,
    FindingText,
    Person,
    Profile,
    Provider,
    SigningProfile,
    Tariff,
    TariffPeriod,
)
from memhon.site.markup import Page, badge, cell, front_matter, link, slug, table
from memhon.site.provenance import badges
from memhon.site.signing_part import signing_part

FINDINGS = "reference/anomalies.md"
CODES = "reference/codes.md"
DEMO = "reference/donnees-fictives.md"
SETTINGS = "reference/reglages.md"

_SEVERITIES = {
    "error": "bloquante",
    "warning": "avertissement",
    "information": "information",
    "open": "non jugé",
}
_GROUPS = {
    "FORM": "Forme du document",
    "FILE": "Fichiers",
    "ZIP": "Archives",
    "LIMIT": "Limites de taille et de temps",
    "CRASH": "Contrôle interrompu",
    "XSD": "Schéma",
    "BIND": "Lecture dans les classes",
    "PDF": "Formes imprimées",
    "SBX": "Fautes du bac à sable",
    "SEC": "Chaîne de sécurité",
    "DIA": "Diagnostic de signature",
    "NET": "Transport",
    "MH": "Anomalies de réponse, RA",
    "SIM": "Anomalies de réponse, PID",
    "ANO": "Anomalies de réponse, code inconnu",
    "USE": "Journal d'utilisation",
    "PLA": "Plateforme d'échange",
}
_NOWHERE: Mapping[str, str] = MappingProxyType({})
OURS = frozenset({"DIA", "MH", "PLA", "SBX", "SEC", "SIM", "USE"})
"""Codes and faults that travel in answers, and causes of our own: nothing public confirms them."""
_CODES_INTRO = (
    "Chaque code porte sa source. Une liste marquée « hypothèse du bac à sable » n'engage que le "
    "bac à sable."
)
_SIGNING_INTRO = (
    "Ce que chaque étape signe, et avec quelles listes de préfixes. Le client signe ainsi ; le bac "
    "à sable lit les listes dans le message et n'exige que les parties marquées. Ces données sont "
    "lues dans `catalogue/signing`."
)
_DEMO_INTRO = (
    "Aucune personne de ces tables n'existe. Les adultes sont nés avant 1900 ; les matricules des "
    "mineurs ont deux chiffres de contrôle volontairement faux, pour que nul ne puisse les porter."
)

_CLAIMS_INTRO = (
    "La caisse fictive retient ces sommes sur les paiements du prestataire, jusqu'à épuisement : "
    "`montantRecouvrement` de la réponse au paiement. Les autres prestataires n'en ont pas."
)


def findings_page(findings: Iterable[FindingText], places: Mapping[str, str] = _NOWHERE) -> Page:
    """Every finding with its texts, one anchor for each id.

    Args:
        findings: In the order of their ids.
        places: HTML by id: the pages on which a finding is met.
    """
    groups: dict[str, list[FindingText]] = {}
    for finding in findings:
        groups.setdefault(finding.id.partition("-")[0], []).append(finding)
    intro = (
        "Un identifiant n'est jamais réutilisé. Une anomalie **bloquante** rend le message non "
        "valide ; un **avertissement** ou une **information** ne change pas le verdict. "
        "« **Non jugé** » veut dire qu'un contrôle n'a pas pu conclure : le verdict est alors "
        "« indécis », jamais « valide ». Les mots "
        "entre accolades du message sont remplacés par les valeurs du cas."
    )
    known = [prefix for prefix in _GROUPS if prefix in groups]
    order = [*known, *sorted(prefix for prefix in groups if prefix not in _GROUPS)]
    description = "Chaque anomalie : message, cause, valeurs permises et correction."
    parts = [front_matter("Anomalies", description), "# Anomalies", intro, _groups(order, groups)]
    for prefix in order:
        title = _GROUPS.get(prefix, prefix)
        parts.append(f"## {title} {{ #groupe-{prefix.lower()} }}")
        parts += [_finding(each, places.get(each.id, "")) for each in groups[prefix]]
    return Page(FINDINGS, "\n\n".join(parts) + "\n")


def _groups(order: Iterable[str], groups: Mapping[str, Sequence[FindingText]]) -> str:
    """The groups with their first and last id, to get about on a phone."""
    rows = [
        (
            f'<a href="#groupe-{prefix.lower()}">{cell(_GROUPS.get(prefix, prefix))}</a>',
            f"{groups[prefix][0].id} à {groups[prefix][-1].id}",
            str(len(groups[prefix])),
        )
        for prefix in order
    ]
    return table(("Groupe", "Identifiants", "Nombre"), rows)


def _finding(finding: FindingText, places: str) -> str:
    words = finding.texts["fr"]
    severity = badge(_SEVERITIES[finding.weight], finding.weight)
    ours = badges(FINDINGS, ("hypothese",)) if finding.id.partition("-")[0] in OURS else ""
    fault = f" · faute `soap:{finding.side}.{finding.fault}`" if finding.fault else ""
    rows = [
        ("Message", cell(words.text)),
        ("Cause", cell(words.cause)),
        ("Permis", cell(words.allowed)),
        ("Correction", cell(words.fix)),
    ]
    if places:
        rows.append(("Se rencontre", places))
    return "\n\n".join(
        [
            f"### {finding.id} – {words.title} {{ #{finding.id.lower()} }}",
            f"{severity} {ours} depuis le {finding.since.isoformat()}{fault}",
            table(("Rubrique", "Texte"), rows),
        ]
    )


def codes_page(
    code_lists: Iterable[CodeList],
    places: Mapping[str, str] = _NOWHERE,
    findings: Collection[str] = (),
) -> Page:
    """Every code list, one anchor for each list and code.

    Args:
        code_lists: In the order of the page.
        places: HTML by list: the elements whose values are its codes.
        findings: Ids of findings; a code that is one leads to its texts.
    """
    parts = [
        front_matter("Listes de codes", "Les codes des messages RA et PID, avec leur source."),
        "# Listes de codes",
        _CODES_INTRO,
    ]
    for code_list in code_lists:
        rows = [_code(code_list.id, code, findings) for code in code_list.codes]
        used = places.get(code_list.id)
        parts += [
            f"## {code_list.title} {{ #{code_list.id} }}",
            f"{code_list.description}\n\n{badges(CODES, code_list.provenance)}",
            f"Valeurs de : {used}." if used else "Aucun message ne porte ces codes.",
            table(("Code", "Sens et source"), rows),
        ]
    return Page(CODES, "\n\n".join(parts) + "\n")


def _code(list_id: str, code: Code, findings: Collection[str]) -> tuple[str, str]:
    value = f'<code id="{code_anchor(list_id, code.value)}">{cell(code.value)}</code>'
    if code.value in findings:
        value = f'<a href="{link(CODES, FINDINGS, code.value.lower())}">{value}</a>'
    sources = badges(CODES, code.provenance)
    return value, f"**{cell(code.label)}**<br>{cell(code.description)}<br>{sources}"


def code_anchor(list_id: str, value: str) -> str:
    """Id of a code on the page of code lists."""
    return f"{list_id}-{slug(value)}"


def demo_page(
    persons: Iterable[Person],
    providers: Iterable[Provider],
    tariffs: Mapping[str, Tariff],
    claims: Iterable[Claim] = (),
) -> Page:
    """Fictitious persons, providers and claims, and the tariffs that the sandbox applies."""
    people = [
        (p.id, f"{cell(p.nom)} {cell(p.prenom)}<br>{p.matricule}<br>{p.birth}", cell(p.note))
        for p in persons
    ]
    doctors = [
        (
            p.id,
            f"{cell(f'{p.titre} {p.prenom} {p.nom}')}<br>{p.code}<br>{p.ehealth_id}",
            f"{cell(p.profession)}<br>{cell(p.note)}",
        )
        for p in providers
    ]
    parts = [
        front_matter("Données fictives", "Personnes, prestataires et tarifs du bac à sable."),
        "# Données fictives",
        _DEMO_INTRO,
        "## Personnes protégées",
        table(("Id", "Nom, matricule, naissance", "Remarque"), people),
        "## Prestataires",
        table(("Id", "Nom, code, eHealthID", "Profession et remarque"), doctors),
        "## Créances { #creances }",
        _CLAIMS_INTRO,
        table(
            ("Prestataire", "Créance", "Remarque"),
            [(claim.provider, f"{claim.amount} €", cell(claim.note)) for claim in claims],
        ),
        "## Tarifs du bac à sable",
        "Seul `C1` est un tarif réel, à la date indiquée. Tout autre montant est fictif.",
        table(("Acte", "Montant", "Libellé, source et remarque"), _tariff_rows(tariffs)),
    ]
    return Page(DEMO, "\n\n".join(parts) + "\n")


def settings_page(profiles: Iterable[Profile], signing: Iterable[SigningProfile] = ()) -> Page:
    """The named sets of values that the sandbox computes with or writes into messages.

    Args:
        profiles: Sets of values.
        signing: How each step is signed.
    """
    parts = [
        front_matter("Réglages", "Les valeurs nommées du bac à sable et des profils d'identité."),
        "# Réglages",
        "Ces valeurs sont des données du catalogue, lues dans `catalogue/profiles`.",
    ]
    for profile in profiles:
        rows = [
            (
                f'<code id="{setting_anchor(profile.id, name)}">{name}</code>',
                f"`{value}`",
                badges(SETTINGS, profile.provenance[name]),
            )
            for name, value in profile.values.items()
        ]
        heading = f"## {profile.title} {{ #{profile.id} }}"
        parts += [heading, table(("Réglage", "Valeur", "Source"), rows)]
    parts += ["## Profils de signature { #signature }", _SIGNING_INTRO]
    for step in signing:
        parts += [f"### {step.title} {{ #{step.id} }}", signing_part(SETTINGS, step)]
    return Page(SETTINGS, "\n\n".join(parts) + "\n")


def setting_anchor(profile_id: str, name: str) -> str:
    """Id of a setting on the page of settings."""
    return f"{profile_id}-{slug(name)}"


def tariff_anchor(code: str) -> str:
    """Id of an act on the page of fictitious data."""
    return f"tarif-{slug(code)}"


def _tariff_rows(tariffs: Mapping[str, Tariff]) -> list[tuple[str, ...]]:
    return [
        (
            _act(tariff, first=period is tariff.periods[0]),
            f"{_amount(period)}<br>{_days(period)}",
            f"{cell(tariff.label)}<br>{cell(tariff.note)}<br>{badges(DEMO, period.provenance)}",
        )
        for tariff in tariffs.values()
        for period in tariff.periods
    ]


def _act(tariff: Tariff, *, first: bool) -> str:
    anchor = f' id="{tariff_anchor(tariff.code)}"' if first else ""
    return f"<code{anchor}>{tariff.code}</code>"


def _amount(period: TariffPeriod) -> str:
    if period.non_opposable is None:
        return f"{period.amount} €"
    return f"{period.amount} €<br>et {period.non_opposable} € non opposables"


def _days(period: TariffPeriod) -> str:
    start = f"du {period.start.isoformat()}"
    return f"{start} au {period.end.isoformat()}" if period.end else f"à partir {start}"
