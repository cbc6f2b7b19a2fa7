"""The search for programs: the same groups as the page, with the places of what was looked for. Issue 7, 8."""

from __future__ import annotations

import pytest

from tests.api.conftest import Calls

pytestmark = pytest.mark.django_db


def test_what_is_found_is_told_with_its_marks(calls: Calls, reported: str) -> None:
    answer = calls("park_office").get("/search", words="限电", kind="problem")

    [group] = answer.body["groups"]
    [row] = group["rows"]
    assert (group["kind"]["code"], group["count"], group["more"], group["newest_only"]) == ("problem", 1, False, False)
    assert row["key"] == reported
    assert [row["text"]["text"][start:end] for start, end in map(dict.values, row["text"]["marks"])] == ["限电"]
    assert calls("park_office").get("/problems", lens="all", words="限电", order="best").body["rows"][0]["number"] == reported


def test_elsewhere_and_for_the_served_there_is_nothing(calls: Calls, reported: str) -> None:
    assert calls("outsider").get("/search", words="限电").body["groups"] == []
    assert calls("firm").get("/search", words="限电").status == 404


@pytest.mark.parametrize("words", ["%", "😀", "电" * 80])
def test_words_that_cannot_be_looked_for_are_refused_in_a_sentence(calls: Calls, words: str) -> None:
    answer = calls("park_office").get("/search", words=words)

    assert answer.status == 422
    assert "字" in answer.sentence


def test_a_region_elsewhere_is_not_there(calls: Calls, reported: str) -> None:
    assert calls("zone_office").get("/search", words="限电", region="1301").status == 404
    assert calls("zone_office").get("/search", words="限电", region="130973400").body["groups"]
