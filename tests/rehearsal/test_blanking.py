"""The blank of the demonstration (R-H8): sent, pointed and filled through the acts that people use; no real database touched."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.blanks.forms import opened
from tests.cast import viewer
from zhitong.config import database as config
from zhitong.domain.blanks.models import Blank, Filling
from zhitong.domain.blanks.rules.form.opening import open_form
from zhitong.domain.blanks.rules.form.reading import form_in
from zhitong.domain.blanks.rules.pointing import Memory, guessed
from zhitong.domain.campaigns.actions import mark_demonstration
from zhitong.rehearsal import blanking
from zhitong.rehearsal.stage import NotAStage


def test_every_column_that_is_ours_is_guessed_right() -> None:
    form = form_in(open_form(blanking.invented_form())[0])

    asked = guessed(form, Memory())

    assert list(asked.tables[0].columns.values()) == [
        "sequence", "name", "text", "category", "submitted_on", "unit", "is_settled", "answered_on", "", "",
    ]
    assert list(asked.gaps.values()) == [
        "own_unit", "own_person", "cut_off_year", "cut_off_month", "cut_off_day", "reported", "settled", "settled_rate", "",
    ]
    assert opened(blanking.invented_form())["附件2"].print_title_rows == "$3:$4"


@pytest.mark.prove
def test_the_office_remembers_one_and_has_filled_it(fresh_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blanking, "viewer_of", lambda _login: viewer("zone_office"))
    with config.as_role("owner", name=fresh_database):
        mark_demonstration(clock_offset=timedelta(0))

        blanking.keep_a_blank()

        assert Blank.objects.get().pointed_at == blanking.SENT_AT
        assert Filling.objects.get().at == blanking.CUT_OFF


@pytest.mark.django_db
def test_a_real_database_is_left_alone() -> None:
    with pytest.raises(NotAStage):
        blanking.keep_a_blank()
    assert not Blank.objects.exists()
