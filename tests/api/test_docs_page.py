"""docs/api.md tells the API as it is: every address it names is there, none is left out, its examples are taken."""

from __future__ import annotations

import json
import re

import pytest
from django.urls import resolve

from tests.api.conftest import Calls, Fill
from tests.docs.tables import DOCS
from zhitong.api.v1 import api
from zhitong.api.v1.acts import OFFERS

PAGE = (DOCS / "api.md").read_text(encoding="utf-8")
WRITTEN = api.get_openapi_schema(path_prefix="/api/v1/")


def test_the_page_names_every_operation_and_no_other() -> None:
    rows = re.findall(r"^\| `(GET|POST) (/\S+)` \|", PAGE, re.MULTILINE)
    offered = [(method.upper(), path.removeprefix("/api/v1")) for path, ops in WRITTEN["paths"].items() for method in ops]

    assert sorted(rows) == sorted(offered)


def test_every_address_of_an_example_leads_somewhere() -> None:
    addresses = [one.split("?")[0].replace("$ROUND", "018f3a5c-0000-7000-8000-000000000000")
                 for one in re.findall(r"127\.0\.0\.1:8000(/[^\s\"]+)", PAGE)]

    assert len(addresses) >= 6
    assert {resolve(address).namespace for address in addresses} == {"api", ""}, "the token stands beside the versions"


def test_every_address_named_in_passing_is_there() -> None:
    offered = {f"{method.upper()} {path.removeprefix('/api/v1')}" for path, ops in WRITTEN["paths"].items() for method in ops}

    assert set(re.findall(r"`((?:GET|POST) /[^`…]+)`", PAGE)) <= offered


@pytest.mark.django_db
def test_the_bodies_of_the_examples_are_taken(calls: Calls, fill: Fill, april: object, reported: str) -> None:
    [card, report, act] = re.findall(r"-d '(\{.*?\})'\n", PAGE, re.DOTALL)
    sent = json.loads(card.replace("'$SUBJECT'", fill()["subject_id"]))

    submitted = calls("firm").post(f"/rounds/{april}/card/submit", {**sent, "values": {**fill()["values"], **sent["values"]}})

    assert submitted.status == 200, submitted.body
    file_id = calls("firm").upload().body["id"]
    assert calls("firm").post("/problems", json.loads(report.replace("'$FILE'", file_id))).status == 201
    assert calls("park").act(reported, "acknowledge", **json.loads(act)).status == 200


def test_every_act_is_named_in_chinese_as_the_house_says_it() -> None:
    assert [one for one in OFFERS if f"/acts/{one.act}` | {one.act.label} |" not in PAGE] == []


def test_the_shape_of_a_failure_is_the_one_told() -> None:
    [shown] = re.findall(r'```json\n(\{"code".*?)\n```', PAGE, re.DOTALL)

    assert json.loads(shown).keys() == WRITTEN["components"]["schemas"]["Failure"]["properties"].keys()


def test_every_status_an_operation_declares_is_explained() -> None:
    declared = {status for ops in WRITTEN["paths"].values() for one in ops.values() for status in one["responses"]}

    assert {str(status) for status in declared} - {"200", "201"} <= set(re.findall(r"^\| (\d{3}) \|", PAGE, re.MULTILINE))
