"""Questions to the search of the built site, and the pages that must answer them."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from playwright.sync_api import Page

QUERIES = (
    # accents, capitals, plurals, elisions
    ("médecin", "pid/"),
    ("medecin", "pid/"),
    ("médecins", "pid/"),
    ("MÉDECINS", "pid/"),
    ("annulation", "ra/annul/"),
    ("annulations", "ra/annul/"),
    ("ANNULATION", "ra/annul/"),
    ("l'annulation", "ra/annul/"),
    ("dépôt", "ra/depot/"),
    ("depot", "ra/depot/"),
    ("dépôts", "ra/depot/"),
    ("honoraires", "ra/depot/"),
    ("d'honoraires", "ra/depot/"),
    ("simulations", "pid/sim/"),
    ("consentements", "ra/rembcons/"),
    ("immediat", "pid/"),
    ("hypotheses", "reference/hypotheses/"),
    ("donnees fictives", "reference/donnees-fictives/"),
    # beginnings of words
    ("contest", "pid/con/"),
    ("valid", "pid/val/"),
    ("gloss", "demarrer/glossaire/"),
    # numbers
    ("57.70", "pid/sim/"),
    ("57,70", "pid/sim/"),
    ("SHA256SUMS", "telechargements/"),
    ("base 64", "reference/anomalies/#xsd-028"),
    ("base64", "reference/anomalies/#xsd-028"),
    # names of the wire, whole and in pieces
    ("UuidSecu", "reference/types/ra-depot-reponse-v1/t-memoirehonorairesretour/#UuidSecu"),
    ("uuid secu", "reference/types/ra-depot-reponse-v1/t-memoirehonorairesretour/#UuidSecu"),
    ("identifiantExternePrestation", "pid/sim/"),
    ("identifiant externe prestation", "pid/sim/"),
    ("participationPersonelle", "pid/sim/"),
    ("partStatutaire", "pid/sim/"),
    ("part statutaire", "pid/sim/"),
    ("eHealthID", "demarrer/glossaire/"),
    ("syncexchange", "pid/sim/"),
    ("Correlation-ID", "pid/sim/"),
    ("2022_CNS_MEMHON_ANNUL-V1", "ra/annul/"),
    ("2023-CNS-PID-SIM-V1", "pid/sim/"),
    ("T_UUID", "reference/types/pid-common-v1/t-uuid/"),
    ("t_uta", "reference/types/pid-sim-requete-v1/t-uta/"),
    ("codeActe", "reference/types/pid-common-v1/t-acte/#codeActe"),
    # ids of findings
    ("XSD-013", "reference/anomalies/#xsd-013"),
    ("xsd-013", "reference/anomalies/#xsd-013"),
    ("MH-001", "reference/anomalies/#mh-001"),
    ("SIM-004", "reference/anomalies/#sim-004"),
    ("FORM-008", "reference/anomalies/#form-008"),
    # questions
    ("comment installer", "demarrer/"),
    ("comment annuler un mémoire", "ra/annul/"),
    ("que renvoie la simulation ?", "pid/sim/#reponse"),
    ("quel est le code d'une caisse", "reference/codes/#caisses"),
    ("code de sortie", "reference/ligne-de-commande/"),
    ("matricule du patient", "reference/types/ra-depot-requete-v1/t-patient/#matricule"),
    ("télécharger les schémas", "telechargements/"),
    ("séparateur décimal", "reference/anomalies/#xsd-017"),
    ("DOCTYPE", "reference/anomalies/#form-008"),
    ("montants et arrondis", "pid/#montants-et-arrondis"),
    ("memhon validate", "reference/ligne-de-commande/#memhon-validate"),
)
"""What is typed, and the page or section that must be among the first answers."""

_SESSION = """async () => {
  const settings = JSON.parse(document.querySelector("#__config").textContent);
  const base = new URL(settings.base, location);
  const index = await (await fetch(new URL("search/search_index.json", base))).json();
  const worker = new Worker(new URL(settings.search, location));
  window.asking = (type, data) => new Promise((resolve, reject) => {
    worker.onmessage = event => resolve(event.data.data);
    worker.onerror = event => reject(new Error(event.message));
    worker.postMessage({ type, data });
  });
  window.filled = docs => asking(0, { config: index.config, docs, options: {} });
  await filled(index.docs);
}"""
_ASK = """async queries => {
  const answers = [];
  for (const query of queries) {
    const { items } = await asking(2, query);
    answers.push(items.map(group => group.map(section => section.location)));
  }
  return answers;
}"""


class Answer(NamedTuple):
    """What the search gives for one query."""

    query: str
    pages: list[list[str]]
    """Addresses of sections, best page first and best section of it first."""

    @property
    def sections(self) -> list[str]:
        """All addresses in order."""
        return [section for page in self.pages for section in page]


class Search:
    """The worker of the theme with the index of the site, in an open page."""

    def __init__(self, page: Page) -> None:
        self._page = page
        page.evaluate(_SESSION)

    def fill(self, docs: Sequence[dict[str, Any]]) -> None:
        """Index other sections than those of the site."""
        self._page.evaluate("docs => filled(docs)", docs)

    def ask(self, queries: Iterable[str]) -> list[Answer]:
        """Answer some queries."""
        asked = list(queries)
        return [
            Answer(query, pages)
            for query, pages in zip(asked, self._page.evaluate(_ASK, asked), strict=True)
        ]
