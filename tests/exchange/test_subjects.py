"""The register comes in by Excel: looked at, whole or not at all, once, and taken back while nobody has touched it (R-D6)."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import acting, viewer
from tests.exchange.conftest import CODE, FIRM, HEADS, PLACE, committed, counts, firm, rows, seen, sheet, staged, undone
from tests.world import NOW
from zhitong.domain.exchange.actions.committing import RowsWrong, commit, commit_ordered
from zhitong.domain.exchange.actions.kinds.protocol import NotUndoable
from zhitong.domain.exchange.actions.staging import CommittedBefore, NotStaged, drop, map_columns
from zhitong.domain.exchange.queries.uploads import uploads_of
from zhitong.domain.exchange.rules.kinds import UploadState, Verdict
from zhitong.domain.history.queries import facts_about
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.scope import NotYours, acting_as, without_first_wall
from zhitong.domain.subjects.actions.caring import NewCare, assign_care
from zhitong.domain.subjects.models import Subject
from zhitong.domain.subjects.rules.cuts import CUTS
from zhitong.domain.tallies.queries import differences
from zhitong.kit.refusals import BadInput, NotFound

pytestmark = pytest.mark.django_db


def subject(code: str) -> dict[str, Any] | None:
    with acting("province_office"):
        return Subject.objects.filter(code=code).values("id", "name", "revenue_cny", "industry", "version", "ended_on").first()


def test_a_roster_is_staged_looked_at_committed_and_counted() -> None:
    upload = staged(sheet(firm(1), firm(2, revenue="12万"), [FIRM, CODE, "规上工业企业", PLACE, 23000, ""]))

    before = subject(firm(1)[1])
    done = committed(upload)

    assert before is None
    assert counts(upload) == {"new": 2, "unchanged": 1}
    assert (done.new, done.changed, done.unchanged) == (2, 0, 1)
    assert subject(firm(2)[1])["revenue_cny"] == 120_000  # type: ignore[index]
    with acting("province_office"):
        assert [one for cut in CUTS for one in differences(cut)] == []


def test_every_wrong_cell_is_named_and_nothing_is_committed() -> None:
    upload = staged(sheet(
        firm(1), firm(2, revenue="约300"), firm(3, region="别处镇"), firm(4, kind="工厂"), firm(5, code="123"), firm(6, name=""),
        firm(1),
    ))  # fmt: skip

    wrong = {row.line: row.faults for row in rows(upload, Verdict.WRONG)}

    assert set(wrong) == {3, 4, 5, 6, 7, 8}
    assert "不是确定的数" in wrong[3]["revenue_cny"]
    assert "不是本辖区内的地区" in wrong[4]["region"]
    assert "请从规上工业企业" in wrong[5]["kind"]
    assert "应为18位" in wrong[6]["code"]
    assert wrong[7]["name"] == "没有填写。"
    assert wrong[8]["code"] == "与第2行的代码相同。"
    with pytest.raises(RowsWrong, match="有6行有误，全部没有导入"):
        committed(upload)
    assert subject(firm(1)[1]) is None


def test_the_same_file_again_changes_nothing_and_so_do_the_same_rows() -> None:
    content = sheet(firm(1), firm(2))
    committed(staged(content))

    again = staged(sheet(firm(2), firm(1)))
    done = committed(again)

    with pytest.raises(CommittedBefore, match="同一份表已于4月27日 15:40导入"):
        staged(content)
    assert (done.new, done.changed, done.unchanged) == (0, 0, 2)
    assert subject(firm(1)[1])["version"] == 1  # type: ignore[index]


def test_what_differs_is_told_changed_and_taken_back_to_what_it_was() -> None:
    committed(staged(sheet(firm(1))))
    upload = staged(sheet(firm(1, revenue=1500, industry="31")))

    [row] = rows(upload, Verdict.CHANGED)
    done = committed(upload)
    changed = subject(firm(1)[1])
    undone(upload)

    assert row.note == "行业：化学原料和化学制品制造业→黑色金属冶炼和压延加工业；上年营业收入（万元）：1200.5→1500"
    assert done.changed == 1
    assert (changed["revenue_cny"], changed["industry"]) == (15_000_000, "黑色金属冶炼和压延加工业")  # type: ignore[index]
    assert (subject(firm(1)[1])["revenue_cny"], subject(firm(1)[1])["industry"]) == (12_005_000, "化学原料和化学制品制造业")  # type: ignore[index]


def test_a_new_one_taken_back_ends_as_a_mistake_and_leaves_the_counts_right() -> None:
    upload = staged(sheet(firm(1), firm(2)))
    committed(upload)

    taken = undone(upload)

    assert taken == 2
    assert seen(upload).state is UploadState.UNDONE
    assert subject(firm(1)[1])["ended_on"] is not None  # type: ignore[index]
    with acting("province_office"):
        assert [one for cut in CUTS for one in differences(cut)] == []
        kinds = [fact.kind for fact in facts_about(subject(firm(1)[1])["id"])]  # type: ignore[index]
    assert kinds == ["subject.registered", "subject.withdrawn"]
    with pytest.raises(NotUndoable, match="已经撤销"):
        undone(upload)


def test_what_was_touched_since_stands_in_the_way_by_name() -> None:
    upload = staged(sheet(firm(1), firm(2)))
    committed(upload)
    with acting("park_office") as actor:
        subject_id = Subject.objects.get(code=firm(2)[1]).id
        care = NewCare(subject_id=subject_id, tier=Rank.COUNTY, unit_id=actor.unit_id, lead_official="演示甲", person_in_charge="演示乙")
        assign_care([care], actor=actor, now=NOW)

    with pytest.raises(NotUndoable, match="第3行（演示新企业2）"):
        undone(upload)

    assert subject(firm(1)[1])["ended_on"] is None  # type: ignore[index]


def test_heads_corrected_by_a_person_are_remembered_for_the_region() -> None:
    heads = ("甲", "乙", "丙", "丁", "戊", "己")
    upload = staged(sheet(firm(1), heads=heads))
    meant = dict(zip(heads, ("name", "code", "kind", "region", "revenue_cny", "industry"), strict=True))
    with acting_as(viewer("park_office")) as here:
        map_columns(here, upload, meant, now=NOW)

    next_one = staged(sheet(firm(2), heads=heads))

    assert counts(upload) == {"new": 1}
    assert counts(next_one) == {"new": 1}
    with pytest.raises(BadInput, match="两列都选了“名称”"), acting_as(viewer("park_office")) as here:
        map_columns(here, upload, {"甲": "name", "乙": "name"}, now=NOW)


def test_a_round_trip_that_was_overtaken_is_refused() -> None:
    committed(staged(sheet(firm(1))))
    known = subject(firm(1)[1])
    assert known is not None
    out = sheet([*firm(1, industry="31"), str(known["id"]), 1], heads=(*HEADS, "系统编号", "系统版本"))
    first = staged(out)
    committed(first)

    second = staged(sheet([*firm(1, revenue=8), str(known["id"]), 1], heads=(*HEADS, "系统编号", "系统版本")))

    assert "系统里已有改动" in rows(second, Verdict.WRONG)[0].faults["name"]


def test_rows_are_judged_again_when_they_are_committed() -> None:
    upload = staged(sheet(firm(1)))
    committed(staged(sheet(firm(1, name="演示抢先登记"))))

    done = committed(upload)

    assert (done.new, done.changed) == (0, 1)


def test_a_large_table_is_left_to_the_worker_and_told_as_it_goes() -> None:
    upload = staged(sheet(firm(1), firm(2), firm(3)))
    with acting_as(viewer("park_office")) as here:
        ordered = commit(here, upload, actor=here.actor("test"), now=NOW, at_once=2)
    told: list[tuple[int, int]] = []

    with acting("park_office"):
        did = commit_ordered(NOW + timedelta(minutes=1), lambda _id, done, total: told.append((done, total)))
        nothing_left = commit_ordered(NOW)

    assert ordered.ordered
    assert (did, told) == (1, [(3, 3)])
    assert seen(upload).state is UploadState.COMMITTED
    assert nothing_left == 0


def test_a_thousand_rows_cost_a_fixed_number_of_statements() -> None:
    few, many = (
        sheet(*(firm(n, name="演示" + "".join(random.Random(n).choices("恒鑫宏华瑞盛泰安兴隆润丰金海天源", k=8))) for n in some))
        for some in (range(10), range(100, 400))
    )
    spent = []
    for content in (few, many):
        with CaptureQueriesContext(connection) as asked:
            committed(staged(content))
        spent.append(len(asked))

    assert spent[0] == spent[1]
    assert spent[0] < 70


def test_rows_of_one_table_are_not_compared_whichever_batch_they_come_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhitong.domain.exchange.actions.rows.BATCH", 1)

    done = committed(staged(sheet(firm(1, name="演示恒通管道装备"), firm(2, name="演示恒通管道装备厂"))))

    assert done.new == 2


def test_a_long_table_tells_the_planner_what_it_has_filled(
    monkeypatch: pytest.MonkeyPatch, owner_connection: psycopg.Connection[Any]
) -> None:
    owner_connection.execute("ANALYZE subjects_subject, subjects_fact")  # what another test told it is not undone with that test
    monkeypatch.setattr("zhitong.domain.exchange.actions.rows.BATCH", 500)
    known = "SELECT relname FROM pg_class WHERE reltuples >= 500 AND relname IN ('subjects_subject', 'subjects_fact') ORDER BY 1"

    with connection.cursor() as cursor:
        cursor.execute(known)
        before = cursor.fetchall()
        committed(staged(sheet(*(firm(n) for n in range(501)))))
        cursor.execute(known)
        after = cursor.fetchall()

    assert before == []
    assert after == [("subjects_fact",), ("subjects_subject",)]


def test_a_dropped_table_is_gone_and_no_other_unit_sees_any() -> None:
    upload = staged(sheet(firm(1)))
    for login in ("outsider", "zone_office", "park"):
        with acting_as(viewer(login)) as here:
            assert uploads_of(here, limit=9) == []
            with pytest.raises(NotFound):
                commit(here, upload, actor=here.actor("test"), now=NOW)
            with without_first_wall():
                assert uploads_of(here, limit=9) == []
    with pytest.raises(NotYours):
        staged(sheet(firm(1)), by="park")
    with acting_as(viewer("park_office")) as here:
        drop(here, upload, now=NOW)

    assert rows(upload) == []
    with pytest.raises(NotStaged, match="已放弃"):
        committed(upload)


def test_one_who_looks_like_another_is_asked_about() -> None:
    committed(staged(sheet(firm(1, name="演示恒通石化设备有限公司"))))

    upload = staged(sheet(firm(2, name="演示恒通石化设备有限责任公司")))
    said = staged(sheet([*firm(2, name="演示恒通石化设备有限责任公司"), "两家不同的公司"], heads=(*HEADS, "相似说明")))

    assert "请在“相似说明”里写明理由" in rows(upload, Verdict.WRONG)[0].faults["name"]
    assert counts(said) == {"new": 1}
