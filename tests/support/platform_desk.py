"""A practice, its patients and what they send to the platform, over HTTP."""

import contextlib
import http.client
import io
import itertools
import json
import zipfile
from dataclasses import dataclass
from datetime import timedelta

import fee_notes
from desk_calls import ask
from memhon.catalogue import load
from memhon.clock import VirtualClock
from memhon.local import Sandbox
from memhon.platform import LOGIN
from memhon.store import DocumentStatus, PlatformConsent

START = "2026-03-02T08:00:00Z"
CODE, OTHER_CODE = load().provider("demo-1").code, load().provider("demo-2").code
PRACTICE, OTHER_PRACTICE = (load().provider(each).ehealth_id for each in ("demo-1", "demo-2"))
PATIENT, OTHER_PATIENT = fee_notes.PATIENT, fee_notes.OTHER_PATIENT
ZIP = {"Content-Type": "application/zip"}
_numbers = itertools.count(0xABC0)


def uuid():
    """An identifier that was never used, with letters in it."""
    return f"{next(_numbers):08x}-abcd-4abc-8abc-abcdefabcdef"


def zipped(*files):
    """An archive of files, each a name and its content."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return buffer.getvalue()


def entry(identifier):
    """A file name by the rule of deposits."""
    return f"F{CODE}202603_MED_MHM_001_0201_{identifier}.xml"


def archive(identifier, **parts):
    """The archive of a fee note; its parts are those of ``fee_notes.deposit_xml``."""
    text = fee_notes.deposit_xml(identifier, **parts)
    return zipped((entry(identifier), text))


@dataclass(frozen=True)
class Desk:
    """A running sandbox and who calls it."""

    sandbox: Sandbox
    headers: dict

    def call(self, who, method, path, data=None, **more):
        """Status, value and headers of a request to the API."""
        headers = dict(self.headers[who]) if who in self.headers else {}
        headers |= {name.replace("_", "-"): value for name, value in more.items()}
        if isinstance(data, bytes) and "Content-Type" not in headers:
            headers |= ZIP
        port = int(self.sandbox.desk_url.rpartition(":")[2])
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        with contextlib.closing(connection):
            connection.request(method, f"/api/v1{path}", data, headers)
            answer = connection.getresponse()
            body = answer.read()
        told = {name.lower(): value for name, value in answer.getheaders()}
        is_json = body and told.get("content-type") == "application/json"
        return answer.status, json.loads(body) if is_json else body, told

    def refused(self, status, finding, *request, **more):
        """A refusal names its finding and what to do, and changed nothing."""
        before = self.kept()
        found, value, told = self.call(*request, **more)
        assert (status, finding) == (found, value["id"]), value
        assert f"HTTP {status}" == value["code"]
        assert value["message"]
        assert value["timestamp"].endswith("Z")
        assert len(value["fix"]) >= 60
        assert "no-store" == told["cache-control"]
        assert before == self.kept()
        return value

    def kept(self):
        """Everything that the platform remembers, and who read what."""
        store = self.sandbox._store
        patients = [person.matricule for person in load().persons]
        return (
            [store.platform.documents_of(each) for each in patients],
            [store.platform.consents_of(each, history=True) for each in patients],
            list(store.accesses.entries()),
        )

    def reads(self):
        """The access log: who, whose, category and method of each entry."""
        entries = self.sandbox._store.accesses.entries()
        return [(each.who, each.whose, each.category, each.action.split()[0]) for each in entries]

    def consent(self, *kinds, patient=PATIENT, days=30):
        """Let a patient consent."""
        now = self.sandbox.clock.now()
        for kind in kinds:
            self.sandbox._store.platform.put_consent(
                PlatformConsent(
                    matricule=patient,
                    type=kind,
                    start_at=now,
                    end_at=now + timedelta(days=days),
                    author=patient,
                    created_at=now,
                )
            )

    def end_consent(self, kind, patient=PATIENT):
        """Let a patient take a consent back."""
        now = self.sandbox.clock.now()
        self.sandbox._store.platform.end_consent(patient, kind, patient, now)

    def deposited(self, identifier=None, *, patient=PATIENT, who="practice", **parts):
        """The UUID of a fee note that was deposited."""
        identifier = identifier or uuid()
        practice = OTHER_PRACTICE if who == "other_practice" else PRACTICE
        code = OTHER_CODE if who == "other_practice" else CODE
        path = f"/practitioner/{practice}/person/{patient}/document"
        parts = {"patient": patient, "biller": code} | parts
        status, value, _ = self.call(who, "POST", path, archive(identifier, **parts))
        assert 200 == status, value
        return identifier

    def in_status(self, status, **parts):
        """The UUID of a fee note whose status is as the hand-over or a caller would set it."""
        identifier = self.deposited(**parts)
        now = self.sandbox.clock.now()
        store = self.sandbox._store.platform
        assert store.move(identifier, list(DocumentStatus), DocumentStatus(status), now)
        return identifier

    def status(self, identifier):
        """Where a fee note is in its life."""
        return self.sandbox._store.platform.document(identifier).status.value

    @property
    def own(self):
        """Address of the practice's documents of the patient."""
        return f"/practitioner/{PRACTICE}/person/{PATIENT}/document"


LOGINS = {
    "practice": {"practitioner": "demo-1"},
    "other_practice": {"practitioner": "demo-2"},
    "member": {"practitioner": "demo-1", "member": "demo-4"},
    "patient": {"patient": "demo-1"},
    "other_patient": {"patient": "demo-2"},
}
"""Who calls, and how they log in."""


def login(sandbox, wish):
    """The headers of somebody who logged in."""
    status, value, _ = ask(sandbox, "POST", LOGIN, wish)
    assert 200 == status, value
    return value["headers"]


@contextlib.contextmanager
def open_platform(where="memory", **words):
    """A sandbox with a desk, and callers who are logged in."""
    words = {"clock": VirtualClock(START), "security": "off"} | words
    with Sandbox(desk_port=0, store=where, **words) as sandbox:
        headers = {who: login(sandbox, wish) for who, wish in LOGINS.items()}
        headers["cns"] = {"X-Client-Certificate": f"serialNumber={_setting('platform_cns')}"}
        headers["admin"] = {"X-Client-Certificate": f"serialNumber={_setting('platform_admin')}"}
        yield Desk(sandbox, headers)


def _setting(name):
    return load().settings[name]
