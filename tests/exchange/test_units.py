"""A list of units (R-H8): judged cell by cell, opened whole, the same again changes nothing, taken back while nobody sits there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest

from tests.accounts.conftest import looking, seated
from tests.cast import NOW
from zhitong.domain.exchange.actions.committing import commit, undo
from zhitong.domain.exchange.actions.kinds.protocol import NotUndoable
from zhitong.domain.exchange.actions.staging import Sent, stage
from zhitong.domain.exchange.models import UploadRow
from zhitong.domain.exchange.queries.templates import kept_as_template
from zhitong.domain.exchange.rules.kinds import UploadKind
from zhitong.domain.organisations.actions.dissolving import next_version
from zhitong.domain.organisations.actions.staffing import open_post
from zhitong.domain.organisations.models import Unit
from zhitong.domain.organisations.rules.kinds import PostKind
from zhitong.domain.organisations.scope import NotYours, Viewer, acting_as

pytestmark = pytest.mark.django_db

HEADS = "属地,部门,性质\n"
ROWS = "任丘市,任丘市演示专班,工作专班\n任丘市,任丘市演示工作组,工作组\n"


@pytest.fixture
def administrator(db: None) -> Iterator[Viewer]:
    """Who administers 任丘市; the directory is read anew afterwards."""
    yield looking(seated("guan", "130982-office", "administrator"))
    next_version()


def staged(who: Viewer, rows: str) -> UUID:
    sent = Sent(kind=UploadKind.UNITS, name="单位.csv", content=(HEADS + rows).encode(), campaign="hebei-2018")
    with acting_as(who) as here:
        return stage(here, sent, now=NOW)


def committed(who: Viewer, rows: str = ROWS) -> UUID:
    upload_id = staged(who, rows)
    with acting_as(who) as here:
        commit(here, upload_id, actor=here.actor("test"), now=NOW)
    next_version()
    return upload_id


def taken_back(who: Viewer, upload_id: UUID) -> None:
    with acting_as(who) as here:
        undo(here, upload_id, actor=here.actor("test"), now=NOW + timedelta(hours=1))


def verdicts_of(who: Viewer, upload_id: UUID) -> list[str]:
    """How the rows were judged, in order; the wall asks who looks."""
    with acting_as(who):
        return list(UploadRow.objects.filter(upload_id=upload_id).order_by("line").values_list("verdict", flat=True))


def fault(who: Viewer, row: str) -> dict[str, str]:
    """What is wrong with the only row of a table."""
    upload_id = staged(who, f"{row}\n")
    with acting_as(who):
        return dict(UploadRow.objects.get(upload_id=upload_id, verdict="wrong").faults)


def standing() -> set[str]:
    return set(Unit.objects.filter(name__startswith="任丘市演示", ended_on__isnull=True).values_list("name", flat=True))


def test_units_are_opened_whole_and_again_nothing_changes(administrator: Viewer) -> None:
    committed(administrator)

    assert standing() == {"任丘市演示专班", "任丘市演示工作组"}
    again = staged(administrator, ROWS + "任丘市,任丘市演示专班,工作专班\n")
    assert verdicts_of(administrator, again) == ["unchanged", "unchanged", "skipped"]


@pytest.mark.parametrize(("row", "place", "said"), [
    ("沧州市,沧州市演示专班,工作专班", "region", "本辖区没有"),
    ("任丘市,任丘市演示专班,没有这一类", "kind", "请从"),
    ("任丘市,,工作专班", "unit", "没有填写"),
    ("任丘市,任丘市活动办,领导小组办公室", "kind", "请从"),
])
def test_every_wrong_cell_is_said(administrator: Viewer, row: str, place: str, said: str) -> None:
    assert said in fault(administrator, row)[place]


def test_a_unit_of_another_kind_is_not_changed_by_a_table(administrator: Viewer) -> None:
    committed(administrator)

    assert "类别是工作专班" in fault(administrator, "任丘市,任丘市演示专班,工作组")["kind"]


def test_it_is_taken_back_while_nobody_has_touched_it(administrator: Viewer) -> None:
    first = committed(administrator)
    second = committed(administrator, "任丘市,任丘市演示第二专班,工作专班\n")
    unit = Unit.objects.get(name="任丘市演示专班")
    with acting_as(administrator) as here:
        open_post(here, unit.id, kind=PostKind.OFFICER, title="联络岗", actor=here.actor("test"), now=NOW)

    taken_back(administrator, second)
    with pytest.raises(NotUndoable, match="任丘市演示专班"):
        taken_back(administrator, first)

    assert standing() == {"任丘市演示专班", "任丘市演示工作组"}


def test_what_stands_goes_out_in_the_shape_in_which_it_comes_in(administrator: Viewer) -> None:
    committed(administrator)

    with acting_as(administrator) as here:
        with kept_as_template(here, UploadKind.UNITS)[1] as file:
            sent = Sent(kind=UploadKind.UNITS, name="单位.xlsx", content=file.read(), campaign="hebei-2018")
        upload_id = stage(here, sent, now=NOW)
        rows = [str(row) for row in UploadRow.objects.filter(upload_id=upload_id).values_list("original", flat=True)]

    assert set(verdicts_of(administrator, upload_id)) == {"unchanged"}
    assert any("任丘市演示专班" in row for row in rows)


def test_whoever_does_not_administer_brings_none(db: None) -> None:
    with pytest.raises(NotYours):
        staged(looking(seated("wang", "130982-industry", "officer")), ROWS)
