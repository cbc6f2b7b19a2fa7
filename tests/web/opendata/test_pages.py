"""The pages of open data: the guide, the sets, their files, and one's own keys. R-H6."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from tests.cast import Story, acting
from tests.problems.conftest import raised as raised
from tests.web.stories import signed_in
from tests.world import NOW
from zhitong.domain.history.queries import facts_about
from zhitong.domain.opendata.rules.sets import SETS
from zhitong.domain.organisations.models import ApiToken
from zhitong.domain.organisations.rules.keys import MOST_KEYS
from zhitong.kit import clock

pytestmark = pytest.mark.django_db

Raised = Callable[..., Story]


@pytest.fixture(autouse=True)
def _at_the_same_moment() -> Iterator[None]:
    with clock.held_at(NOW):
        yield


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_guide_lists_every_set_with_its_rows_and_the_address(raised: Raised) -> None:
    raised()
    raised(confidential=True)

    page = text_of(signed_in("park_office"), "/open-data/")

    assert "http://testserver/odata/v4/" in page
    for data in SETS.values():
        assert f"/open-data/{data.name}/" in page
    [row] = re.findall(r"<code>problems</code>.*?</tr>", page, re.DOTALL)
    assert re.search(r">2</td>", row)


def test_the_menu_leads_overseers_there() -> None:
    assert "/open-data/" in text_of(signed_in("city_office"), "/open-data/problems/")


@pytest.mark.parametrize("name", SETS)
def test_a_set_tells_every_column_in_words(name: str) -> None:
    page = text_of(signed_in("park_office"), f"/open-data/{name}/")

    for column in SETS[name].columns:
        assert f"<code>{column.name}</code>" in page
    assert f"/odata/v4/{name}" in page


def test_a_file_holds_the_viewers_rows_of_the_region_and_period(raised: Raised) -> None:
    number = raised().standing.number
    office = signed_in("city_office")

    def numbers(query: str) -> list[str]:
        answer = office.get(f"/open-data/problems/file/?kind=csv{query}")
        assert answer.status_code == 200
        text = b"".join(answer).decode("utf-8-sig")
        return [row["number"] for row in csv.DictReader(io.StringIO(text))]

    assert numbers("") == [number]
    assert numbers("&region=130973&since=2018-04-27&until=2018-04-27") == [number]
    assert numbers("&region=130983") == []
    assert numbers("&until=2018-04-26") == []


def test_a_parquet_file_is_one(raised: Raised) -> None:
    raised()

    answer = signed_in("park_office").get("/open-data/problems/file/?kind=parquet")

    content = b"".join(answer)
    assert (content[:4], content[-4:]) == (b"PAR1", b"PAR1")
    assert "problems.parquet" in answer["Content-Disposition"]


@pytest.mark.parametrize("query", ["since=2018-05-01&until=2018-04-01&kind=csv", "region=99&kind=csv", "kind=pdf", "since=soon&kind=csv"])
def test_what_cannot_be_taken_is_told_at_its_field(query: str) -> None:
    answer = signed_in("city_office").get(f"/open-data/problems/file/?{query}")

    assert answer.status_code == 422
    assert "zt-refusal" in answer.content.decode()


def test_firms_and_unknown_sets_find_nothing() -> None:
    for path in ("", "problems/", "problems/file/?kind=csv", "keys/"):
        assert signed_in("firm").get(f"/open-data/{path}").status_code == 404, path
    assert signed_in("park_office").get("/open-data/nothing/").status_code == 404


def test_an_outsider_gets_a_file_without_a_row(raised: Raised) -> None:
    raised()

    answer = signed_in("outsider").get("/open-data/problems/file/?kind=csv")

    assert b"".join(answer).decode("utf-8-sig").count("\r\n") == 1


def taken(client: Client, name: str = "本局的Excel", key: str = "k1") -> str:
    answer = client.post("/open-data/keys/", {"name": name, "once_key": key})
    found = re.search(r'value="(zt_[^"]+)"', answer.content.decode())
    return found[1] if found else ""


def test_a_key_is_shown_once_and_reads_what_its_holder_sees(raised: Raised) -> None:
    number = raised().standing.number
    office = signed_in("park_office")

    secret = taken(office)

    answer = Client().get("/odata/v4/problems?$select=number", headers={"Authorization": f"Bearer {secret}"})
    assert answer.json()["value"] == [{"number": number}]
    assert secret not in text_of(office, "/open-data/keys/")
    assert "本局的Excel" in text_of(office, "/open-data/keys/")
    assert taken(office) == "", "the same form again gives no second key"
    with acting("park_office"):
        assert [fact.kind for fact in facts_about(ApiToken.objects.get().id)] == ["key.given"]


def test_a_key_ends_at_once_and_only_by_its_holder() -> None:
    office = signed_in("park_office")
    secret = taken(office)
    key_id = ApiToken.objects.get().id

    assert signed_in("zone_office").post(f"/open-data/keys/{key_id}/end/").status_code == 404
    assert office.post(f"/open-data/keys/{key_id}/end/").status_code == 302
    assert Client().get("/odata/v4/", headers={"Authorization": f"Bearer {secret}"}).status_code == 401
    assert office.post(f"/open-data/keys/{key_id}/end/").status_code == 404


def test_a_key_without_a_purpose_and_one_too_many_are_refused() -> None:
    office = signed_in("park_office")

    assert "请填写这一项" in office.post("/open-data/keys/", {"name": " "}).content.decode()
    assert all(taken(office, f"用途{n}", f"k{n}") for n in range(MOST_KEYS))
    answer = office.post("/open-data/keys/", {"name": "再一个", "once_key": "last"})
    assert answer.status_code == 422
    assert f"最多持有{MOST_KEYS}个密钥" in answer.content.decode()
    assert 'value="再一个"' in answer.content.decode()
