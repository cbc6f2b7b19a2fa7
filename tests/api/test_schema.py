"""The document of the API is true: generated calls meet no accident, and every answer is as the document says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.api.conftest import Calls, Fill, matter
from tests.counting import CALLS
from zhitong.api.v1 import api

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
WRITTEN = api.get_openapi_schema(path_prefix="/api/v1/")
OPERATIONS = [(path, method) for path, methods in WRITTEN["paths"].items() for method in methods]
EVERY_DAY, TOGETHER = OPERATIONS[::5], 12
WHO = ("firm", "park", "park_office", "province_office", "outsider")
PATIENT = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]

ABSENT = (
    "draft_id", "invitation_id", "screening_id", "list_id", "symposium_id", "visit_id", "promise_id", "excuse_id",
    "correction_id", "flag_id", "removal_id", "run_id", "upload_id", "amendment_id", "curve_id", "extra_id", "figure_id",
    "milestone_id", "override_id", "report_id", "share_id", "paper_id", "comparison_id", "doubt_key",
    "piece_id", "sitting_id", "passkey_id", "wait_id", "post_id", "tenure_id", "person_id", "substitution_id", "message_id",
    "client_id", "key_id", "subscription_id", "delivery_id", "hold_id",
)
"""Parameters of things of which this world has none."""


@pytest.fixture
def there(calls: Calls, reported: str, april: UUID, fill: Fill) -> dict[str, Any]:
    """Path parameters of things that are there."""
    firm = calls("firm")
    card = firm.post(f"/rounds/{april}/card/submit", fill(problems=[matter()])).body
    plan = firm.get("/plans").body["rows"][0]["id"]
    task = firm.get(f"/plans/{plan}/tasks").body["rows"][0]["id"]
    file_id = firm.upload().body["id"]
    office = calls("province_office")
    form = {"name": "走访情况表", "kind": "industry", "period": "quarter"}
    return {
        "form_id": office.get("/forms").body["rows"][0]["id"],
        "form_draft_id": office.post("/form-drafts", form).body["id"],
        **pressed(calls, reported),
        **dict.fromkeys(ABSENT, str(UUID(int=0))),
        "number": reported, "file_id": file_id, "round_id": str(april), "card_id": card["card_id"], "plan_id": plan, "task_id": task,
        "subject_id": fill()["subject_id"], "code": "1309", "year": 2018,
        "kind": "industry", "ladder": "growth",
        "campaign": "hebei-2018", "gate": "october", "other": "1309", "period": "2018-04",
        "target_id": office.get("/targets", campaign="hebei-2018").body["rows"][0]["id"],
    }


def pressed(calls: Calls, number: str) -> dict[str, str]:
    """A supervision and an instruction with an item on a problem."""
    office = calls("zone_office")
    paper = office.post("/supervisions", {"problems": [number], "grade": "key", "demand": "提出方案。", "workdays": 3}).body
    words = office.post("/instructions", {
        "words": "请抓紧。", "leader": "演示书记", "leader_title": "书记", "instructed_on": "2018-04-26", "problems": [number],
        "items": [{"unit": "130973400-economy", "demand": "提出方案。", "due_on": "2018-05-04"}],
    }).body
    return {"supervision_id": paper["id"], "instruction_id": words["id"], "item_id": words["items"][0]["id"]}


@pytest.fixture
def told(there: dict[str, Any]) -> Iterator[Any]:
    """The document, as schemathesis reads it, with the house behind it.

    Its requests leave the test's transaction open; Django's own client, used before, brings the signals back.
    """
    schema = schemathesis.openapi.from_dict(WRITTEN)
    schema.app = get_wsgi_application()
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schema
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


NOTHING = "01a20000-0000-7000-8000-000000000000"
"""What stands for a thing that the story has not made."""


def meets_no_accident(
    path: str, method: str, told: Any, there: dict[str, Any], calls: Calls, examples: int
) -> Counter[str]:
    """Call one operation with generated contents, as several people, of things that are there and things that are not.

    Returns how often it answered with which status.
    """
    statuses = Counter[str]()
    secrets = {login: calls(login).secret for login in WHO}
    operation = told[path][method]

    @settings(max_examples=examples, deadline=None, phases=[Phase.generate], suppress_health_check=PATIENT)
    @given(
        case=st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in GenerationMode)),
        who=st.sampled_from(WHO), is_there=st.booleans(),
    )
    def call(case: Any, who: str, is_there: bool) -> None:
        if is_there:
            case.path_parameters = {name: there.get(name, NOTHING) for name in case.path_parameters or {}}
        answer = case.call_and_validate(headers={"Authorization": f"Bearer {secrets[who]}"}, checks=CHECKS)
        statuses[str(answer.status_code)] += 1

    call()
    return statuses


@pytest.mark.django_db
@pytest.mark.parametrize("first", range(0, len(EVERY_DAY), TOGETHER))
def test_generated_calls_meet_no_accident(
    first: int, told: Any, there: dict[str, Any], calls: Calls, record_property: Any
) -> None:
    """Every fifth operation; some share one house, which is dear to furnish, and the one that fails is named."""
    statuses = Counter[str]()
    for path, method in EVERY_DAY[first : first + TOGETHER]:
        try:
            statuses += meets_no_accident(path, method, told, there, calls, examples=1)
        except BaseException as accident:
            accident.add_note(f"{method} {path}")
            raise
    record_property(CALLS, {"operations": len(EVERY_DAY[first : first + TOGETHER]), "statuses": dict(statuses)})


@pytest.mark.prove
@pytest.mark.django_db
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_many_generated_calls_meet_no_accident(
    path: str, method: str, told: Any, there: dict[str, Any], calls: Calls, record_property: Any
) -> None:
    statuses = meets_no_accident(path, method, told, there, calls, examples=50)

    assert not [status for status in statuses if status.startswith("5")]
    record_property(CALLS, {"operations": 1, "statuses": dict(statuses)})


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every operation with where it is."""
    for path, methods in WRITTEN["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_the_document_is_served_to_everybody_as_openapi_3_1(client: Any) -> None:
    answer = client.get("/api/v1/openapi.json")

    assert answer.status_code == 200
    assert answer.json()["openapi"].startswith("3.1")
    assert answer.json()["paths"].keys() == WRITTEN["paths"].keys()


def test_every_operation_has_a_summary_and_says_how_it_fails() -> None:
    for path, method, operation in operations():
        failures = {int(status) for status in operation["responses"] if int(status) >= 400}
        is_file = method == "get" and "application/json" not in operation["responses"][200]["content"]
        more = {400, 403, 409, 413} if method == "post" else {409} if is_file else set()
        expected = {401, 403, 404, 422, 429, 500, 503} | more

        assert operation["summary"], path
        assert failures == expected, path
        assert operation["security"] == [{"ApiKey": []}], path


def test_every_writing_operation_asks_for_an_idempotency_key() -> None:
    for path, method, operation in operations():
        asked = [one["name"] for one in operation["parameters"] if one["in"] == "header" and one["required"]]

        assert asked == (["Idempotency-Key"] if method == "post" else []), path


def test_no_two_schemas_share_a_name() -> None:
    """Ninja keeps one schema per name, so a second of the same name would silently take its place."""
    shapes: dict[str, set[type]] = {}
    for view in api._get_bound_routers():
        for path_view in view.path_operations.values():
            for operation in path_view.operations:
                for model in [*operation.models, *operation.response_models.values()]:
                    collect(model, shapes)

    ours = {name: kinds for name, kinds in shapes.items() if any(kind.__module__.startswith("zhitong") for kind in kinds)}
    assert {name: kinds for name, kinds in ours.items() if len(kinds) > 1} == {}
    assert len(ours) > 60


def collect(annotation: Any, shapes: dict[str, set[type]]) -> None:
    """Every schema that an annotation leads to."""
    if isinstance(annotation, type) and hasattr(annotation, "model_fields"):
        if annotation in shapes.setdefault(annotation.__name__, set()):
            return
        shapes[annotation.__name__].add(annotation)
        for field in annotation.model_fields.values():
            collect(field.annotation, shapes)
    for part in getattr(annotation, "__args__", ()):
        collect(part, shapes)


def test_no_address_is_split_between_two_resources() -> None:
    """Of two resources with the same address only the first would answer: the other's methods were not there."""
    addresses = Counter(prefix + path for prefix, router in api._routers for path in router.path_operations)

    assert [address for address, times in addresses.items() if times > 1] == []
