"""What schemathesis needs to know of Sanbao: who asks, and which ids exist.

Every request goes out as somebody who holds the permission the operation names (`x-permission`), so
that the answers behind it are looked at; half of the ids in paths are of things that are there.
"""

import json
import os
import urllib.request

import schemathesis
from hypothesis import strategies as st

BASE = os.environ["SANBAO_API"]
PASSWORD = "demo1234"
# A letter goes out as the text it is.
schemathesis.serializer.alias("message/rfc822", "text/plain")
# The odd questions guess so many logins that their address must wait; ours is another.
OURS = "198.51.100.1"
# Asked by whoever has no session: anybody, a machine that is a shared counter, a browser that comes
# back from the identity provider.
NAMELESS = ["public", "counter", "way"]
# Together they hold every permission; the first who holds one is taken.
LOGINS = ["guoqiang", "admin", "liuyang", "tangli", "songyuan"]


def call(method, path, body=None, token=None):
    request = urllib.request.Request(
        BASE + path,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json", "X-Sanbao": "1", "X-Forwarded-For": OURS},
    )
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    with urllib.request.urlopen(request) as answer:
        cookie = answer.headers.get("Set-Cookie", "")
        return json.loads(answer.read() or "null"), cookie


class People:
    def __init__(self):
        self.tokens = {}
        self.holding = {}
        for login in LOGINS:
            self.sign_in(login)

    def sign_in(self, login):
        me, cookie = call("POST", "/session", {"login": login, "password": PASSWORD})
        self.tokens[login] = cookie.split(";")[0].split("=", 1)[1]
        for permission in me["permissions"]:
            self.holding.setdefault(permission, login)

    def may(self, permission):
        return self.holding.get(permission, LOGINS[0])


people = People()


def known():
    """Ids that exist, by the first word of the address."""
    token = people.tokens[LOGINS[0]]

    def ids(path):
        items = call("GET", path, token=token)[0]["items"]
        return [str(item.get("id") or item["code"]) for item in items[:5]] or ["1"]

    cases = ids("/cases")
    case = call("GET", f"/cases/{cases[0]}", token=token)[0]
    actions = [action["id"] for action in case["actions"]] or ["note"]
    body = {"title": "试", "reason": "试"}
    draft = call("POST", "/rulebook/drafts", body, token=token)[0]["id"]
    return {
        "cases": {"id": cases, "action": actions},
        "documents": {"id": [one["id"] for one in case["documents"]] or ["1"]},
        "people": {"id": ids("/people")},
        "orgs": {"id": ids("/orgs")},
        "prices": {"id": ids("/prices")},
        "measures": {"id": ["vehicles_in"]},
        "scorecards": {"id": ids("/scorecards")},
        "schedules": {"id": ids("/schedules")},
        "rulebook": {"id": [str(draft)], "pack": ["ebike-maker"], "table": ["coverage"]},
    }


KNOWN = known()


@schemathesis.hook
def flatmap_path_parameters(context, path_parameters):
    word = context.operation.path.split("/")[1]
    real = {key: ids for key, ids in KNOWN.get(word, {}).items() if key in (path_parameters or {})}
    if not real:
        return st.just(path_parameters)
    chosen = st.fixed_dictionaries({key: st.sampled_from(ids) for key, ids in real.items()})
    return st.one_of(
        st.just(path_parameters), chosen.map(lambda found: {**path_parameters, **found})
    )


@schemathesis.hook
def before_call(context, case, kwargs):
    permission = case.operation.definition.raw["x-permission"]
    if permission not in NAMELESS:
        case.headers = case.headers or {}
        case.headers["Authorization"] = f"Bearer {people.tokens[people.may(permission)]}"


@schemathesis.hook
def after_call(context, case, response):
    # Somebody signed out or in again on the way: the next request is of a session that holds.
    permission = case.operation.definition.raw["x-permission"]
    if response.status_code == 401 and permission not in NAMELESS:
        people.sign_in(people.may(permission))
