"""时间表路线图 at the screen (R-C3): list, chart, one task, one milestone, its forms; below reads, outsiders get nothing."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from tests.cast import acting
from tests.files.samples import upload
from tests.plans.timetables import JUNE, MAY, TODAY, planned, region, task
from tests.web.stories import signed_in
from tests.world import NOW
from zhitong.domain.plans.models import Milestone, MilestoneLink
from zhitong.kit import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def afternoon() -> Iterator[None]:
    """Friday 27 April 2018, 15:40 in Shanghai."""
    with clock.held_at(NOW):
        yield


def words_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def roadmap(where: str = "1309") -> str:
    return f"/roadmap/task/{task()}/{where}/"


def rows_in(where: str) -> int:
    with acting("province_office"):
        return Milestone.objects.filter(region_id=region(where), task_id=task()).count()


def test_a_milestone_is_written_with_its_waits_and_stands_on_list_chart_and_roadmap() -> None:
    tender = planned(due_on=TODAY.replace(day=15))
    office = signed_in("city_office")
    said = {
        "name": "开工", "begin_on": "2018-05-01", "due_on": "2018-06-30", "unit": "", "weight": "2", "waits": [str(tender)],
        "lag_days": "10", "once_key": "new",
    }

    page = office.post(f"{roadmap()}new/", said, follow=True)
    again = office.post(f"{roadmap()}new/", said, follow=True)

    assert (page.status_code, again.status_code, rows_in("1309")) == (200, 200, 2)
    assert "因“完成招标”晚12天，“开工”最早可到7月6日，比承诺晚6天" in words_of(page)
    assert "<svg" in page.content.decode()
    assert "zt-gantt-slip" in office.get("/roadmap/chart/?scale=weeks").content.decode()
    listed = words_of(office.get("/roadmap/"))
    assert "已逾期12天" in listed
    assert "逾期未完成 1 个" in listed
    with acting("city_office"):
        assert MilestoneLink.objects.get(after__name="开工").lag_days == 10


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays() -> None:
    office = signed_in("city_office")

    said = {"name": "开工", "begin_on": "2018-07-01", "due_on": "2018-06-30", "weight": "1", "once_key": "a"}
    answer = office.post(f"{roadmap()}new/", said)

    assert answer.status_code == 422
    assert "开始日不能晚于完成日" in words_of(answer)
    assert 'value="开工"' in answer.content.decode()
    assert rows_in("1309") == 0


def test_a_milestone_is_done_with_a_photo_from_its_page() -> None:
    roof = planned("封顶", needs_evidence=True)
    office, photo = signed_in("city_office"), upload()
    sent = SimpleUploadedFile(photo.name, photo.body.read())

    refused = office.post(f"/roadmap/{roof}/complete/", {"done_on": "2018-04-27", "once_key": "a"})
    said = {"done_on": "2018-04-27", "words": "主体验收", "files": sent, "once_key": "b"}
    page = office.post(f"/roadmap/{roof}/complete/", said, follow=True)

    assert refused.status_code == 422
    assert "附佐证材料" in words_of(refused)
    assert "按时完成" in words_of(page)
    assert photo.name in words_of(page)


def test_a_promise_is_put_off_dropped_and_changed_by_forms_of_their_own() -> None:
    one = planned()
    office = signed_in("city_office")

    put_off = office.post(f"/roadmap/{one}/postpone/", {"to_on": "2018-06-30", "reason": "阴雨", "once_key": "a"}, follow=True)
    later = office.post(f"/roadmap/{one}/change/", {"name": "招标", "due_on": "2018-07-30", "weight": "1", "once_key": "b"})
    changed = office.post(f"/roadmap/{one}/change/", {"name": "招标", "due_on": "2018-06-20", "weight": "1", "once_key": "c"}, follow=True)
    begun = office.post(f"/roadmap/{one}/begin/", {"begun_on": "2018-04-27", "once_key": "d"}, follow=True)
    dropped = office.post(f"/roadmap/{one}/drop/", {"reason": "并入统一招标", "once_key": "e"}, follow=True)
    over = office.post(f"/roadmap/{one}/drop/", {"reason": "再取消", "once_key": "f"})

    assert "原定5月31日" in words_of(put_off)
    assert "顺延记录" in words_of(put_off)
    assert (later.status_code, over.status_code) == (422, 409)
    assert "请用“顺延”" in words_of(later)
    assert "进行中" in words_of(begun)
    assert "招标" in words_of(changed)
    assert "并入统一招标" in words_of(dropped)


def test_a_timetable_comes_from_a_sheet_and_goes_down_in_one_act() -> None:
    office = signed_in("city_office")
    content = "节点,完成日,前置节点\n招标,2018-05-31,\n开工,2018-06-30,招标\n".encode()

    bad = office.post(f"{roadmap()}sheet/", {"sheet": SimpleUploadedFile("a.csv", "节点,完成日\n招标,五月底\n".encode()), "once_key": "a"})
    taken = office.post(f"{roadmap()}sheet/", {"sheet": SimpleUploadedFile("b.csv", content), "once_key": "b"}, follow=True)
    down = office.post(f"{roadmap()}hand-down/", {"once_key": "c"}, follow=True)

    assert bad.status_code == 422
    assert "第2行完成日“五月底”读不出日期" in words_of(bad)
    assert "已导入 2 个节点" in words_of(taken)
    assert "已下发 3 个地区" in words_of(down)
    assert rows_in("130982") == 2


def test_the_list_narrows_sorts_and_exports_what_is_seen() -> None:
    planned(due_on=TODAY.replace(day=15))
    planned("开工", due_on=JUNE)
    office = signed_in("city_office")

    late = words_of(office.get("/roadmap/?state=late"))
    answer = office.get("/roadmap/?sort=-due_on&export=xlsx")

    rows = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content))).get_sheet_by_index(0).to_python()
    names = [row[0] for row in rows if row[0] in ("完成招标", "开工")]
    assert "完成招标" in late
    assert "开工" not in late
    assert names == ["开工", "完成招标"]


@pytest.mark.parametrize("login", ["park", "outsider", "firm"])
def test_who_keeps_no_timetable_there_changes_nothing(login: str) -> None:
    one: UUID = planned()
    client = signed_in(login)

    for address in (f"{roadmap()}new/", f"{roadmap()}sheet/", f"{roadmap()}hand-down/", f"/roadmap/{one}/change/", f"/roadmap/{one}/drop/"):
        answer = client.post(address, {"name": "开工", "due_on": "2018-06-30", "weight": "1", "reason": "不要了", "once_key": address})
        assert answer.status_code in (403, 404, 409, 422)

    with acting("province_office"):
        row = Milestone.objects.get(region_id=region("1309"))
        assert (row.name, row.dropped_reason, row.due_on) == ("完成招标", "", MAY)


def test_an_outsider_finds_no_milestone_and_one_below_reads_it() -> None:
    one = planned()

    assert "完成招标" not in words_of(signed_in("outsider").get(roadmap()))
    assert signed_in("outsider").get(f"/roadmap/{one}/").status_code == 404
    assert "完成招标" in words_of(signed_in("park").get(roadmap()))
    for address in ("/roadmap/", "/roadmap/chart/", roadmap(), f"/roadmap/{one}/"):
        assert signed_in("firm").get(address).status_code == 404


def test_lists_cost_the_same_whatever_their_length(django_assert_max_num_queries: Any) -> None:
    for place in range(8):
        planned(f"节点{place}")
    client = signed_in("city_office")
    client.get("/roadmap/")

    with django_assert_max_num_queries(22):
        client.get("/roadmap/?region=13")
    with django_assert_max_num_queries(22):
        client.get("/roadmap/")
