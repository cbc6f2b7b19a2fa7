"""The OData feed: who comes in, what it says of itself, rows by every option, and refusals in its own shape. R-H6."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.test import Client

from tests.api.conftest import Calls
from zhitong.domain.opendata.rules import asking
from zhitong.domain.opendata.rules.sets import SETS

pytestmark = pytest.mark.django_db

FEED = "/odata/v4/"
EDM = "{http://docs.oasis-open.org/odata/ns/edm}"
Reads = Callable[..., Any]


def asked(path: str, secret: str, **options: str) -> Any:
    """The answer to one call; `top="5"` is $top, what begins with an underscore is an option of our own."""
    query = "&".join(
        f"{name[1:] if name.startswith('_') else '$' + name}={quote(value)}" for name, value in options.items()
    )
    client = Client(raise_request_exception=False)
    return client.get(f"{FEED}{quote(path, safe='$/()=,')}?{query}", headers={"Authorization": f"Bearer {secret}"})


@pytest.fixture
def three(calls: Calls) -> list[str]:
    """The numbers of three problems of the firm of 南大港, the last of them unnamed."""
    firm = calls("firm")
    said = [
        {"text": "夜间限电。"}, {"text": "用地手续办不下来，电话13812345678。", "category": "land"},
        {"text": "又限电了。", "unnamed": True},
    ]
    answers = [firm.post("/problems", {"category": "energy", **one}) for one in said]
    assert [answer.status for answer in answers] == [201] * 3, answers
    return [str(answer.body["number"]) for answer in answers]


@pytest.fixture
def reads(calls: Calls) -> Reads:
    """What a member of the cast reads: `reads("park_office", "problems", top="1")` gives the body."""

    def read(login: str, path: str, status: int = 200, **options: str) -> Any:
        answer = asked(path, calls(login).secret, **options)
        assert answer.status_code == status, answer.content.decode()
        return json.loads(answer.content)

    return read


def numbers(body: Any) -> list[str]:
    return [row["number"] for row in body["value"]]


@pytest.mark.parametrize("scheme", ["Bearer", "Basic"])
def test_a_key_comes_in_as_bearer_and_as_the_password_excel_asks_for(calls: Calls, scheme: str) -> None:
    secret = calls("park_office").secret
    said = secret if scheme == "Bearer" else base64.b64encode(f"谁都可以:{secret}".encode()).decode()

    answer = Client().get(FEED, headers={"Authorization": f"{scheme} {said}"})

    assert answer.status_code == 200
    assert answer["OData-Version"] == "4.0"
    assert [one["name"] for one in answer.json()["value"]] == list(SETS)


@pytest.mark.parametrize("header", ["", "Basic", "Basic ***", "Basic enQ=", "Bearer zt_wrong", "Digest x", "Basic " + "QQ==" * 999])
def test_without_a_known_key_basic_is_offered_and_nothing_told(header: str) -> None:
    for path in ("", "$metadata", "problems"):
        answer = Client().get(FEED + path, headers={"Authorization": header} if header else {})

        assert answer.status_code == 401
        assert answer["WWW-Authenticate"].startswith("Basic ")
        assert json.loads(answer.content)["error"]["code"] == "unauthorized"


def test_a_browser_that_is_signed_in_is_nobody_here(calls: Calls) -> None:
    from zhitong.domain.organisations.models import Person

    client = Client()
    client.force_login(Person.objects.get(login="park_office"))

    assert client.get(FEED).status_code == 401


def test_nothing_can_be_written(calls: Calls) -> None:
    answer = Client().post(f"{FEED}problems", {}, headers={"Authorization": f"Bearer {calls('park_office').secret}"})

    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")


def test_metadata_tells_every_set_with_its_key_and_every_column_in_chinese(calls: Calls) -> None:
    answer = asked("$metadata", calls("firm").secret)

    document = ElementTree.fromstring(answer.content)  # noqa: S314 our own words
    types = {one.attrib["Name"]: one for one in document.iter(f"{EDM}EntityType")}
    for data in SETS.values():
        told = types[f"{data.name}_row"]
        assert [one.attrib["Name"] for one in told.iter(f"{EDM}PropertyRef")] == list(data.key)
        assert [(one.attrib["Name"], one[0].attrib["String"]) for one in told.findall(f"{EDM}Property")] == [
            (column.name, column.about) for column in data.columns
        ]
    assert [one.attrib["Name"] for one in document.iter(f"{EDM}EntitySet")] == list(SETS)


def test_every_set_is_read_with_all_its_columns(reads: Reads, three: list[str], april: object) -> None:
    for name, data in SETS.items():
        body = reads("province_office", name, top="2")
        assert [set(row) for row in body["value"]] == [{column.name for column in data.columns}] * len(body["value"]), name
        assert body["value"] or name in ("figures", "standings"), name


def test_a_problem_says_where_it_is_what_it_is_and_how_it_stands(reads: Reads, three: list[str]) -> None:
    [row] = reads("province_office", "problems", filter=f"number eq '{three[0]}'")["value"]

    assert (row["region_code"], row["city_name"], row["state_label"], row["phase"]) == ("130973400", "沧州市", "待签收", "handling")
    assert (row["light"], row["light_label"], row["unit_code"]) == ("normal", "正常", "130973400-economy")
    assert (row["submitted_at"], row["ended_at"], row["climbs"], row["confidential"]) == ("2018-04-27T07:40:00Z", None, 0, False)


def test_texts_have_no_numbers_and_who_is_unnamed_stays_so_for_everybody(reads: Reads, three: list[str]) -> None:
    rows = {row["number"]: row for row in reads("park_office", "problems")["value"]}

    assert rows[three[1]]["text"] == "用地手续办不下来，电话（号码已隐去）。"
    assert (rows[three[2]]["subject_name"], rows[three[2]]["subject_id"], rows[three[2]]["text"]) == ("隐名企业", None, None)


def test_what_is_confidential_has_no_text(calls: Calls, reads: Reads) -> None:
    answer = calls("firm").post("/problems", {"category": "energy", "text": "只给办理的人看。", "confidential": True})
    assert answer.status == 201, answer.body

    [row] = reads("province_office", "problems", filter="confidential eq true")["value"]
    assert (row["number"], row["text"]) == (answer.body["number"], None)
    assert reads("province", "problems", filter="confidential eq true")["value"] == []


@pytest.mark.parametrize(("condition", "places"), [
    ("unnamed eq true", [2]), ("category in ('land','none')", [1]), ("not (category eq 'land')", [0, 2]),
    ("stage_due_at ne null", [0, 1, 2]), ("contains(subject_name,'隐名') or category eq 'land'", [1, 2]),
    ("light eq 'overdue'", []), ("ended_at gt 2018-01-01T00:00:00Z", []),
    ("not (ended_at gt 2018-01-01T00:00:00Z)", [0, 1, 2]), ("submitted_at ge 2018-04-27T15:40:00+08:00", [0, 1, 2]),
])
def test_a_filter_gives_the_rows_it_says(reads: Reads, three: list[str], condition: str, places: list[int]) -> None:
    body = reads("park_office", "problems", filter=condition, count="true")

    assert numbers(body) == [three[place] for place in places]
    assert body["@odata.count"] == len(places)


def test_columns_are_chosen_and_turned_round(reads: Reads, three: list[str]) -> None:
    body = reads("park_office", "problems", select="number,state", orderby="id desc", format="json")

    assert body["value"] == [{"number": number, "state": row["state"]} for number, row in zip(three[::-1], body["value"], strict=True)]
    assert body["@odata.context"].endswith("$metadata#problems(number,state)")


def test_pages_follow_one_another_by_key_and_end(
    calls: Calls, three: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    secret, found, address, sizes = calls("park_office").secret, [], f"{FEED}problems?$select=number&$top=3", []
    while address:
        answer = Client().get(address, headers={"Authorization": f"Bearer {secret}", "Prefer": "odata.maxpagesize=2"})
        assert answer["Preference-Applied"] == "odata.maxpagesize=2"
        body = answer.json()
        found += numbers(body)
        sizes.append(len(body["value"]))
        address = body.get("@odata.nextLink", "")

    assert (found, sizes) == (three, [2, 1])


def test_a_place_in_one_list_is_no_place_in_another(calls: Calls, three: list[str]) -> None:
    secret = calls("park_office").secret
    headers = {"Authorization": f"Bearer {secret}", "Prefer": "maxpagesize=1"}
    token = Client().get(f"{FEED}problems", headers=headers).json()["@odata.nextLink"].partition("skiptoken=")[2]

    for other in ("spells?", "problems?$orderby=id desc&"):
        answer = Client().get(f"{FEED}{other}$skiptoken={token}", headers=headers)
        assert (answer.status_code, answer.json()["error"]["target"]) == (400, "$skiptoken")


def test_one_row_is_found_by_its_key_and_counted(calls: Calls, reads: Reads, three: list[str]) -> None:
    row = reads("park_office", "problems", top="1")["value"][0]

    assert reads("park_office", f"problems({row['id']})", select="number") == {
        "@odata.context": "http://testserver/odata/v4/$metadata#problems(number)/$entity", "number": three[0]
    }
    assert reads("park_office", "units('130973400-economy')", select="name")["name"]
    assert reads("park_office", "days(2018-10-01)")["works"] is False
    assert asked("problems/$count", calls("park_office").secret, filter="category eq 'energy'").content == b"2"


@pytest.mark.parametrize(("path", "options", "status", "target", "sentence"), [
    ("problems", {"filter": "nothing eq 1"}, 400, "$filter", "没有“nothing”这一列"),
    ("problems", {"orderby": "subject_name"}, 501, "$orderby", "不能按“subject_name”排序。可以按 id 排序"),
    ("problems", {"skip": str(asking.MOST_SKIPPED + 1)}, 501, "$skip", "请跟随答复里的 @odata.nextLink"),
    ("problems", {"top": "-1"}, 400, "$top", "整数"),
    ("problems", {"top": "9" * 10}, 400, "$top", "整数"),
    ("problems", {"select": "number,secret"}, 400, "$select", "没有“secret”这一列"),
    ("problems", {"expand": "subject"}, 501, "$expand", "没有 “$expand” 这个选项"),
    ("problems", {"_topp": "1"}, 501, "topp", "没有 “topp” 这个选项"),
    ("problems", {"skiptoken": "xxxx"}, 400, "$skiptoken", "翻页位置已失效"),
    ("problems", {"count": "yes"}, 400, "$count", "true 或 false"),
    ("problems", {"format": "xml"}, 501, "$format", "json、csv、parquet"),
    ("problems", {"_region": "99"}, 400, "region", "没有代码为“99”的地区"),
    ("problems", {"_since": "yesterday"}, 400, "since", "应为日期"),
    ("days", {"_region": "1309"}, 400, "region", "不分地区"),
    ("regions", {"_since": "2018-01-01"}, 400, "since", "不分期间"),
    ("problems(5)", {}, 400, "地址", "列 id 是标识"),
    ("spells(id=5)", {}, 400, "地址", "不是 spells 的键"),
    ("problems/number", {}, 501, "地址", "没有“problems/number”这个地址"),
])
def test_what_cannot_be_done_is_told_with_its_option(
    reads: Reads, path: str, options: dict[str, str], status: int, target: str, sentence: str
) -> None:
    error = reads("park_office", path, status=status, **options)["error"]

    assert error["target"] == target
    assert sentence in error["message"]


@pytest.mark.parametrize("path", ["nothing", "problems(01890a5d-ac96-774b-bcce-b302099a8057)", "problems_problem", "pg_class"])
def test_what_is_not_there_is_not_found(reads: Reads, path: str) -> None:
    assert reads("park_office", path, status=404)["error"]["code"] == "not_found"


def test_an_option_stands_once(calls: Calls) -> None:
    answer = Client().get(f"{FEED}problems?$top=1&$top=2", headers={"Authorization": f"Bearer {calls('park').secret}"})

    assert "写了2次" in answer.json()["error"]["message"]


def test_region_and_period_narrow_rows(reads: Reads, three: list[str]) -> None:
    assert numbers(reads("city_office", "problems", _region="130973", _since="2018-04-27", _until="2018-04-27")) == three
    assert numbers(reads("city_office", "problems", _region="130983")) == []
    assert numbers(reads("city_office", "problems", _since="2018-04-28")) == []
    assert reads("park_office", "problems", status=404, _region="1309")["error"]["code"] == "not_found"


def test_an_accident_is_told_by_its_number_alone(
    calls: Calls, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from zhitong.api.odata import views

    monkeypatch.setattr(views, "page_of", lambda *_args, **_options: 1 / 0)

    answer = asked("problems", calls("park").secret)

    assert (answer.status_code, "ZeroDivision" in answer.content.decode()) == (500, False)
    assert answer["X-Request-Id"] in json.loads(answer.content)["error"]["message"]
    assert answer["X-Request-Id"] in caplog.text
