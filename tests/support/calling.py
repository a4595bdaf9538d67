"""Callers of the platform: they log in at the desk, and send what they were given."""

import contextlib
import http.client
import json

import desk_calls
from memhon.catalogue import load
from memhon.platform import LOGIN

START = "2026-03-02T08:30:00Z"
PRACTICE, OTHER_PRACTICE = (load().provider(each).ehealth_id for each in ("demo-1", "demo-2"))
PATIENT, OTHER_PATIENT = (load().person(each).matricule for each in ("demo-1", "demo-2"))
WHO = {
    "practice": {"practitioner": "demo-1"},
    "other_practice": {"practitioner": "demo-2"},
    "member": {"practitioner": "demo-1", "member": "demo-3"},
    "patient": {"patient": "demo-1"},
    "other_patient": {"patient": "demo-2"},
    "nobody": None,
}


class Callers:
    """Calls the platform of a running sandbox in somebody's name."""

    def __init__(self, sandbox):
        self.sandbox = sandbox
        self.store = sandbox._store

    def headers(self, who):
        """What a caller shows."""
        wish = WHO[who]
        return (
            {} if wish is None else desk_calls.ask(self.sandbox, "POST", LOGIN, wish)[1]["headers"]
        )

    def call(self, who, method, path, wish=None, **more):
        """Status, value and headers of an answer."""
        headers = self.headers(who) | {key.replace("_", "-"): value for key, value in more.items()}
        data = wish if isinstance(wish, bytes) or wish is None else json.dumps(wish).encode()
        if data is not None:
            headers = {"Content-Type": "application/json"} | headers
        port = int(self.sandbox.desk_url.rpartition(":")[2])
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        with contextlib.closing(connection):
            connection.request(method, f"/api/v1{path}", data, headers)
            answer = connection.getresponse()
            body = answer.read()
        told = {name.lower(): value for name, value in answer.getheaders()}
        is_json = body and told.get("content-type") == "application/json"
        return answer.status, json.loads(body) if is_json else body, told

    def value(self, *request, **more):
        """The value of an answer that is no refusal."""
        status, value, _ = self.call(*request, **more)
        assert 200 == status, value
        return value

    def refused(self, status, finding, *request, **more):
        """A refusal names its finding and changed nothing."""
        before = self.kept()
        found, value, _ = self.call(*request, **more)
        assert (status, finding, f"HTTP {status}") == (found, value["id"], value["code"]), value
        assert before == self.kept()
        return value

    def kept(self):
        """Consents with their history, teams and the access log."""
        platform = self.store.platform
        return (
            [platform.consents_of(each, history=True) for each in (PATIENT, OTHER_PATIENT)],
            [platform.members_of(each) for each in (PRACTICE, OTHER_PRACTICE)],
            tuple(self.store.accesses.entries()),
        )

    def reads(self):
        """The access log: role, whose, category and reference of each entry."""
        entries = self.store.accesses.entries()
        return [(each.role, each.whose, each.category, each.reference) for each in entries]
