"""Requests to the desk of a sandbox, and what a refusal has to be."""

import contextlib
import http.client
import json

from memhon.sandbox.control import DUMP

JSON = {"Content-Type": "application/json"}


def ask(sandbox, method, path, wish=None, **headers):
    """Status, value and headers of a request to the desk."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    data = wish if isinstance(wish, bytes) or wish is None else json.dumps(wish).encode()
    if data is not None:
        given = JSON | given
    port = int(sandbox.desk_url.rpartition(":")[2])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    with contextlib.closing(connection):
        connection.request(method, path, data, given)
        answer = connection.getresponse()
        body = answer.read()
    told = {name.lower(): value for name, value in answer.getheaders()}
    is_json = body and told.get("content-type") == "application/json"
    value = json.loads(body) if is_json else body
    return answer.status, value, told


def held(sandbox):
    """What a sandbox holds, but for its access log: to look is an access."""
    return [row for row in ask(sandbox, "GET", DUMP)[1] if row[0] != "accesses"]


def refused(sandbox, status, finding, *request, **headers):
    """A refusal names its finding and what to do, and changed nothing."""
    before = held(sandbox)
    found, value, told = ask(sandbox, *request, **headers)
    assert (status, finding) == (found, value["finding"]["id"]), value
    assert len(value["finding"]["fix"]) >= 60
    assert "access-control-allow-origin" not in told
    assert "no-store" == told["cache-control"]
    assert before == held(sandbox)
    return value["finding"]
