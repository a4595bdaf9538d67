"""What exists: exchanges, code lists, tariffs, fictitious persons, findings and examples, as data.

This room reads its own TOML and XML files and checks that they agree. It must not know how a
message is parsed, validated or sent: an example is bytes, a schema is a path.
"""

from memhon.catalogue.access import AccessVocabulary, AccessWord
from memhon.catalogue.api import ApiWords, api_words
from memhon.catalogue.engine import Claim, EngineRule, Subject
from memhon.catalogue.form import Form
from memhon.catalogue.hypothesis import Hypothesis
from memhon.catalogue.journal import Column, JournalFormat, Kind, Word
from memhon.catalogue.lifecycle import Event, Lifecycle, Transition
from memhon.catalogue.loading import Catalogue, exchanges, load
from memhon.catalogue.model import (
    AnomalyFields,
    Code,
    CodeList,
    DemoMessage,
    Direction,
    Example,
    Exchange,
    Message,
    Person,
    Profile,
    Provider,
    Provocation,
    Remark,
    Tariff,
    TariffPeriod,
)
from memhon.catalogue.parity import Parity, Verdict
from memhon.catalogue.signing import SignedPart, SigningProfile
from memhon.catalogue.texts import FindingText, Wording

__all__ = [
    "AccessVocabulary",
    "AccessWord",
    "AnomalyFields",
    "ApiWords",
    "Catalogue",
    "Claim",
    "Code",
    "CodeList",
    "Column",
    "DemoMessage",
    "Direction",
    "EngineRule",
    "Event",
    "Example",
    "Exchange",
    "FindingText",
    "Form",
    "Hypothesis",
    "JournalFormat",
    "Kind",
    "Lifecycle",
    "Message",
    "Parity",
    "Person",
    "Profile",
    "Provider",
    "Provocation",
    "Remark",
    "SignedPart",
    "SigningProfile",
    "Subject",
    "Tariff",
    "TariffPeriod",
    "Transition",
    "Verdict",
    "Word",
    "Wording",
    "api_words",
    "exchanges",
    "load",
]
