"""Policy papers at the screen (R-C6, R-C7): sent in, corrected, judged, named, published, compared; outsiders get nothing."""

from __future__ import annotations

import io
import re
from typing import Any
from uuid import UUID

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import acting, viewer
from tests.reader.papers import DOUBT, TEXT, does, mended, place, taken_in
from tests.reader.papers import laid_down as laid_down
from tests.web.stories import signed_in
from zhitong.domain.papers.actions.comparing import compare
from zhitong.domain.papers.models import Correction, Judged, NameLink, Paper
from zhitong.domain.papers.rules.kinds import PaperKind

pytestmark = pytest.mark.django_db


def words_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_a_document_is_sent_in_once_as_a_file_or_pasted_and_a_bad_one_is_told_beside_its_field() -> None:
    office = signed_in("park_office")
    said = {"kind": "own", "campaign": "", "pasted": TEXT, "once_key": "a"}

    page = office.post("/reader/new/", said, follow=True)
    again = office.post("/reader/new/", said, follow=True)
    file = SimpleUploadedFile("方案.txt", TEXT.encode())
    by_file = office.post("/reader/new/", {"kind": "upper", "file": file, "once_key": "b"}, follow=True)
    both = office.post("/reader/new/", {**said, "file": SimpleUploadedFile("又.txt", b"x"), "once_key": "c"})
    empty = office.post("/reader/new/", {"kind": "own", "pasted": "  ", "once_key": "d"})
    secret = office.post("/reader/new/", {**said, "pasted": "机密★一年\n" + TEXT, "once_key": "e"})

    assert page.redirect_chain == again.redirect_chain
    assert "培育众创空间" in words_of(page)
    assert "方案.txt" in words_of(by_file)
    assert [answer.status_code for answer in (both, empty, secret)] == [422, 422, 422]
    assert "两样选一样" in words_of(both)
    assert "非涉密系统" in words_of(secret)
    assert TEXT[:20] in secret.content.decode()
    assert words_of(office.get("/reader/")).count("演示园区服务提升行动实施方案") == 2


def test_the_desk_shows_both_sides_linked_both_ways() -> None:
    paper = taken_in()
    page = signed_in("park_office").get(f"/reader/{paper}/").content.decode()

    for anchor in ("t0", "t1", "i0", "i2", "d0"):
        assert re.search(rf'id="x-{anchor}(-0)?"', page), anchor
        assert f'href="#p-{anchor}"' in page
        assert f'id="p-{anchor}"' in page
        assert re.search(rf'href="#x-{anchor}(-0)?"', page), anchor
    assert "数值缺损" in page
    assert "没有对上单位" in page
    assert "疑点 1 条，1 条没有判定" in page
    assert f"/reader/{paper}/publish/" in page


def test_a_task_is_added_where_words_were_picked_and_an_indicator_is_put_right() -> None:
    paper = taken_in()
    office = signed_in("park_office")
    start, end = place("每月通报进度")

    form = office.get(f"/reader/{paper}/task/", {"start": start, "end": end})
    added = {"number": "3", "title": "按月通报", "units": "牵头 经发局\n配合 财政局|资金部分", "words": "每月通报进度", "start": start}
    wrong = office.post(f"/reader/{paper}/task/", {**added, "words": "每日通报", "once_key": "a"})
    no_role = office.post(f"/reader/{paper}/task/", {**added, "units": "经发局", "once_key": "b"})
    done = office.post(f"/reader/{paper}/task/", {**added, "once_key": "c"}, follow=True)
    mend = office.get(f"/reader/{paper}/indicator/", {"of": "I3"})
    said = {
        "name": "网上可办率", "comparator": ">=", "value": "9成", "unit": "%", "kind": "rate", "reading_class": "target",
        "task_id": "2", "words": "网上可办率达到  %以上", "start": TEXT.index("网上"), "reason": "见原件",
    }
    unread = office.post(f"/reader/{paper}/indicator/?of=I3", {**said, "once_key": "d"})
    mended = office.post(f"/reader/{paper}/indicator/?of=I3", {**said, "value": "90", "once_key": "e"}, follow=True)

    assert "每月通报进度" in form.content.decode()
    assert [answer.status_code for answer in (wrong, no_role, unread)] == [422, 422, 422]
    assert "原文里没有这段文字" in words_of(wrong)
    assert "按月通报" in words_of(done)
    assert "配合 财政局（资金部分）" in words_of(done)
    assert "网上可办率达到" in mend.content.decode()
    assert "≥90%" in words_of(mended)
    with acting("park_office"):
        rows = list(Correction.objects.filter(paper=paper).order_by("number"))
    assert [sorted(row.after) for row in rows] == [
        ["end", "responsible", "start", "title"], ["damaged", "value"],
    ]
    assert rows[0].after["responsible"][1]["part"] == "资金部分"


def test_things_are_struck_and_put_back_and_the_record_downloads_as_cases() -> None:
    paper = taken_in()
    office = signed_in("park_office")

    struck = office.post(f"/reader/{paper}/indicator/strike/?of=I1", {"reason": "重复", "once_key": "a"}, follow=True)
    office.post(f"/reader/{paper}/task/strike/?of=2", {"once_key": "b"})
    record = office.get(f"/reader/{paper}/cases/")
    lines = office.get(f"/reader/{paper}/cases/", {"export": "jsonl"})
    office.post(f"/reader/{paper}/cases/2/restore/", {"once_key": "c"})

    assert "1 项任务" not in words_of(struck)
    assert "去指标 I1" in words_of(record)
    assert "理由：重复" in words_of(record)
    assert lines.content.decode().count("\n") == 2
    assert "改造老旧小区" in words_of(office.get(f"/reader/{paper}/"))


def test_a_doubt_is_judged_names_are_settled_and_the_plan_is_published() -> None:
    paper = mended()
    office = signed_in("park_office")
    page = office.get(f"/reader/{paper}/").content.decode()
    [doubt] = set(re.findall(rf"/reader/{paper}/doubts/(\w+)/", page))

    bare = office.post(f"/reader/{paper}/doubts/{doubt}/", {"judgement": "dismissed", "once_key": "a"})
    office.post(f"/reader/{paper}/doubts/{doubt}/", {"judgement": "dismissed", "reason": "统筹", "once_key": "b"})
    early = office.post(f"/reader/{paper}/publish/", {"title": "方案", "issued_on": "2018-04-20", "once_key": "c"})
    office.post(f"/reader/{paper}/names/", {"name_0": str(viewer("zone").unit_id), "once_key": "d"})
    done = office.post(f"/reader/{paper}/publish/", {"title": "方案", "issued_on": "2018-04-20", "once_key": "e"}, follow=True)

    assert DOUBT in page
    assert (bare.status_code, early.status_code) == (422, 409)
    assert "没有对上" in words_of(early)
    assert "第 1 版" in words_of(done)
    assert "不成立：统筹" in words_of(done)
    with acting("park_office"):
        assert (Judged.objects.count(), NameLink.objects.get().name) == (1, "演示供热站")
    plan_page = words_of(signed_in("zone_office").get(f"/reader/{paper}/"))
    assert "第 1 版" in plan_page
    assert "改动记录" not in plan_page


def _held(upper: Any, lower: Any) -> dict[str, Any]:
    return {"tasks": [
        {"upper": "1", "lower": ["1"], "relation": "adapted", "differences": [
            {"what": "target", "upper": "2家", "lower": "1家", "verdict": "lowered", "why": "下级少1家。"},
            {"what": "units", "upper": None, "lower": "甲", "verdict": "ask", "why": "请核对。"},
        ]},
        {"upper": "2", "lower": [], "relation": "missing", "differences": []},
        {"upper": None, "lower": ["2"], "relation": "local_only", "differences": []},
    ], "findings": []}


def test_two_papers_stand_side_by_side_narrowed_and_on_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhitong.domain.papers.actions.comparing.held_against", _held)
    own, upper = taken_in(), taken_in(kind=PaperKind.UPPER)
    office = signed_in("park_office")

    page = office.post(f"/reader/{own}/compare/", {"other": str(upper), "is_upper": "upper", "once_key": "a"}, follow=True)
    at = page.redirect_chain[-1][0]
    missing = words_of(office.get(at, {"only": "missing"}))
    saved = b"".join(office.get(at, {"export": "docx"}).streaming_content)

    assert "上级 2 项任务，承接 1 项" in words_of(page)
    assert "目标 降低 下级少1家。" in words_of(page)
    assert ("没有对应的任务" in missing, "下级少1家" in missing) == (True, False)
    table = docx.Document(io.BytesIO(saved)).tables[0]
    assert [row.cells[1].text for row in table.rows] == ["关系", "调整", "缺失", "本级新增"]
    assert "目标（降低）：下级少1家。" in table.rows[1].cells[3].text
    for login in ("zone_office", "outsider", "firm"):
        assert signed_in(login).get(at).status_code == 404


def test_outsiders_find_nothing_and_lists_do_not_grow_in_queries() -> None:
    paper, upper = taken_in(), taken_in(kind=PaperKind.UPPER)
    compared = does("park_office", compare, upper, paper)
    paths = [
        f"/reader/{paper}/", f"/reader/{paper}/task/?of=1", f"/reader/{paper}/cases/", f"/reader/{paper}/publish/",
        f"/reader/{paper}/names/", f"/reader/{paper}/compare/", f"/reader/comparisons/{compared}/",
    ]
    for login in ("outsider", "firm", "park", "zone_office"):
        here = signed_in(login)
        assert [here.get(path).status_code for path in paths] == [404] * len(paths), login
    assert signed_in("firm").get("/reader/").status_code == 404
    assert signed_in("park").get("/reader/new/").status_code == 404
    assert "还没有政策文件" in words_of(signed_in("outsider").get("/reader/"))

    office = signed_in("park_office")
    office.get("/reader/")
    few = _queries(office)
    for _more in range(3):
        taken_in()
    assert _queries(office) == few


def _queries(client: Any) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as told:
        client.get("/reader/")
    return len(told)


def test_a_paper_taken_back_says_so_and_offers_nothing() -> None:
    paper: UUID = taken_in()
    office = signed_in("park_office")

    page = office.post(f"/reader/{paper}/withdraw/", {"once_key": "a"}, follow=True)

    assert "已收回" in words_of(page)
    assert f"/reader/{paper}/publish/" not in page.content.decode()
    with acting("park_office"):
        assert Paper.objects.get(id=paper).state == "withdrawn"
