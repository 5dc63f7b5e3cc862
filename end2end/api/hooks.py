"""What the description can't tell schemathesis: what exists, what is taken, and whom it calls for."""

import functools
import json
import os
import uuid

import requests
import schemathesis
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation.meta import TestPhase

TENANT = os.environ["TENANT"]
TENANT_URL = f"{os.environ['API']}/v1/Tenants/{TENANT}"
PERSON = os.environ["PERSON"]
OWN = {PERSON, os.environ["APPLICATION"]}

api = requests.Session()
api.headers["Authorization"] = f"Bearer {os.environ['TOKEN']}"
MEMBER = next(role["Id"] for role in api.get(f"{TENANT_URL}/Roles").json() if role["Name"] == "Tenant Member")


@schemathesis.hook
def before_load_schema(context, raw_schema):
    """The role of the examples is the one that everybody has."""
    raw_schema.update(json.loads(json.dumps(raw_schema).replace("9c4e2f67-2f0a-4b52-8a39-5d3f0f1a7c10", MEMBER)))


@schemathesis.hook
def filter_case(context, case):
    """Nothing changes or removes whom it calls for, or the application it calls as."""
    return not any(own in (case.path_parameters or {}).values() for own in OWN)


@schemathesis.hook
def before_call(context, case, kwargs):
    """Lets what is right meet what is there."""
    phase, wrong = case.meta.phase.name, case.meta.is_negative_at
    # The examples' own names can be had once.
    for field, example in [("Email", "ana@example.com"), ("Name", "MyData.Role")]:
        if isinstance(case.body, dict) and case.body.get(field) == example:
            case.body = case.body | {field: f"{uuid.uuid4()}.{example}"}
    # A refusal of another version comes before one of the body. The fuzzing phase has such.
    if phase == TestPhase.COVERAGE and "If-Match" in case.headers and not wrong(ParameterLocation.HEADER):
        case.headers["If-Match"] = "*"
    if not wrong(ParameterLocation.PATH):
        found = {"tenantId": TENANT}
        # The stateful phase follows what it made itself.
        if phase != TestPhase.STATEFUL:
            found |= thing(case)
        case.path_parameters = {name: found.get(name, value) for name, value in case.path_parameters.items()}


def thing(case):
    """The ids for the path, by the names of its parameters. What changes something gets a new one, which no other call has
    removed, changed or filled."""
    collection, *rest = case.path.split("/")[5:] or [""]
    if case.operation.label.startswith("POST") and rest == ["{userId}"]:
        # Makes a person who isn't there.
        return {"userId": str(uuid.uuid4())}
    if rest == ["{userId}", "Preferences"]:
        # They are for oneself alone.
        return {"userId": PERSON}
    if not rest or not rest[0].startswith("{"):
        return {}
    return (standing if case.method in ("GET", "HEAD") else add)(collection)


def add(collection):
    """The ids of something new of the collection."""
    name = str(uuid.uuid4())
    # What a kind of thing doesn't have is ignored.
    body = {"Name": name, "RoleIds": [MEMBER], "RedirectUris": ["https://portal.example.com/callback"]}
    body |= {"GivenName": "Ana", "Surname": "Lima", "Email": f"{name}@example.com"}
    collection = "ClientCredentialClients" if collection == "Clients" else collection
    answer = api.post(f"{TENANT_URL}/{collection}", json=body)
    answer.raise_for_status()
    made = answer.json()
    # A client that has secrets stands beside its first one.
    one = made.get("Client", made)["Id"]
    return {"clientId": one, "roleId": one, "userId": one, "secretId": made["Id"]}


standing = functools.cache(add)
