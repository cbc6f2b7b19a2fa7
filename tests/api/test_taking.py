"""What generated calls once broke: signs that no database keeps, and days of another age, are told by field."""

from __future__ import annotations

import pytest

from tests.api.conftest import Calls
from zhitong.api.taking import refuse_what_cannot_be_kept
from zhitong.kit.refusals import BadInput


@pytest.mark.parametrize(("values", "field"), [
    ({"ref": "a\x00"}, "ref"), ({"rows": [{"note": "好"}, {"note": "\ud800"}]}, "rows.1.note"), ({"more": {"\x1f": "x"}}, "more"),
])
def test_a_sign_that_cannot_be_kept_is_told_by_its_place(values: dict[str, object], field: str) -> None:
    with pytest.raises(BadInput) as refusal:
        refuse_what_cannot_be_kept(values)

    assert list(refusal.value.fields) == [field]


def test_what_people_write_is_let_through() -> None:
    refuse_what_cannot_be_kept({"text": "第一行\n第二行\t“引号”", "rows": [1, None, True]})


@pytest.mark.django_db
def test_a_day_of_another_age_is_refused_beside_its_field(calls: Calls) -> None:
    answer = calls("zone_office").post("/symposia", {"held_on": "0001-01-01", "chaired_by": "演示", "name": "座谈会"})

    assert (answer.status, list(answer.body["fields"])) == (422, ["held_on"])


@pytest.mark.django_db
def test_a_number_with_a_control_sign_is_no_accident(calls: Calls) -> None:
    assert calls("zone_office").get("/hotline/orders?ref=%245%00").status == 422
