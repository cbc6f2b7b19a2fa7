"""A neighbouring county's official finds nothing at any address, also when only the database's own wall stands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any
from uuid import UUID

import pytest

from tests.api.conftest import TEXT, Calls, Fill, matter
from zhitong.api.v1 import api
from zhitong.domain.organisations.scope import first_wall_stands as walls_stand
from zhitong.domain.organisations.scope import without_first_wall

pytestmark = pytest.mark.django_db

FIRM = "演示南大港石化设备有限公司"
LOOKING = [path for path, methods in api.get_openapi_schema(path_prefix="/")["paths"].items() if "get" in methods]


@pytest.fixture(params=[nullcontext, without_first_wall], ids=["both walls", "the second wall alone"])
def walls(request: pytest.FixtureRequest) -> Iterator[None]:
    """With the query predicate, and with it switched off."""
    with request.param():
        yield


@pytest.fixture
def there(calls: Calls, april: UUID, fill: Fill) -> dict[str, str]:
    """What the firm of 南大港 has sent, by the names of path parameters."""
    firm = calls("firm")
    file_id = firm.upload().body["id"]
    firm.post("/problems", {"category": "energy", "text": TEXT, "files": [file_id]})
    card = firm.post(f"/rounds/{april}/card/submit", fill(problems=[matter()])).body
    return {
        "number": card["problems"][0]["number"], "card_id": card["card_id"], "subject_id": fill()["subject_id"],
        "round_id": str(april), "file_id": file_id,
    }


NEEDED: dict[str, dict[str, Any]] = {
    "/categories": {"kind": "industry"}, "/calendar": {"since": "2018-04-27", "until": "2018-04-27"},
    "/due": {"start": "2018-04-27", "workdays": 5},
    "/bulletins/papers": {"kind": "owing"}, "/targets": {"campaign": "hebei-2018"}, "/reports/meter": {"period": "2018-04"},
    "/problems": {"lens": "territory"}, "/search": {"words": "石化设备"}, "/subjects/alike": {"name": FIRM, "region": "130973400"},
}


def test_no_list_holds_anything_of_the_firm(calls: Calls, there: dict[str, str], walls: None) -> None:
    outsider, lists = calls("outsider"), [path for path in LOOKING if "{" not in path]
    is_sealed = {"/sign-in-waits", "/message-failures", "/organisation"}  # system administrators alone have it
    if walls_stand():
        is_sealed.add("/complaints")  # an office has no complaints of its own: no such list

    answers = {path: outsider.get(path, **NEEDED.get(path, {})) for path in lists}

    assert {path: answer.status for path, answer in answers.items()} == {
        path: 404 if path in is_sealed else 200 for path in lists
    }
    secrets = (there["number"], there["card_id"], there["file_id"], FIRM, TEXT)
    told = {path: json.dumps(answer.body, ensure_ascii=False) for path, answer in answers.items()}
    assert {path: secret for path, text in told.items() for secret in secrets if secret in text} == {}


@pytest.mark.parametrize(
    "path",
    ["/problems/{number}", "/cards/{card_id}", "/subjects/{subject_id}", "/rounds/{round_id}/card", "/files/{file_id}"],
)
def test_nothing_of_the_firm_opens(path: str, calls: Calls, there: dict[str, str], walls: None) -> None:
    answer = calls("outsider").get(path.format(**there))

    assert (answer.status, answer.body["code"]) == (404, "not_found")


def test_the_list_of_a_round_has_nobody_of_elsewhere(calls: Calls, there: dict[str, str], walls: None) -> None:
    answer = calls("outsider").get(f"/rounds/{there['round_id']}/cards")

    assert (answer.status, answer.body["rows"]) == (200, [])


def test_the_right_people_find_it_at_the_same_addresses(calls: Calls, there: dict[str, str]) -> None:
    for path in ("/problems/{number}", "/cards/{card_id}", "/subjects/{subject_id}"):
        assert calls("park_office").get(path.format(**there)).status == 200, path
    assert there["number"] in json.dumps(calls("province_office").get("/problems", lens="territory").body, ensure_ascii=False)
    assert FIRM in json.dumps(calls("city_office").get("/subjects").body, ensure_ascii=False)
    assert there["card_id"] in json.dumps(calls("park_office").get("/cards/to-review").body)
