"""稿件 at the screen (R-H5): submitted, edited, adopted, used, published beside problems, counted; outsiders get nothing."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests.cast import acting
from tests.files.samples import upload
from tests.live.conftest import raise_one
from tests.practices.writing import TEXT, TITLE, adopted, closed_problem, does, submitted
from tests.practices.writing import afternoon as afternoon
from tests.web.stories import signed_in
from zhitong.domain.practices.actions.publishing import Publishing, publish
from zhitong.domain.practices.models import Piece
from zhitong.domain.practices.rules.kinds import PieceKind

pytestmark = pytest.mark.django_db
SAID = {"kind": "good_practice", "title": TITLE, "text": TEXT, "category": "industry.energy"}


def words_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_a_piece_is_submitted_with_a_photo_edited_adopted_used_and_published_by_plain_forms() -> None:
    park, office, photo = signed_in("park"), signed_in("park_office"), upload()
    _story, number = closed_problem()
    like = raise_one().standing.number
    sent = SimpleUploadedFile(photo.name, photo.body.read())

    wrong = park.post("/practices/new/", {**SAID, "title": "", "once_key": "a"})
    made = park.post("/practices/new/", {**SAID, "problems": f"{number}\n", "files": sent, "once_key": "b"}, follow=True)
    at = made.redirect_chain[-1][0]
    waiting = office.get("/")
    office.post(f"{at}edit/", {"title": "供电问题当周解决", "text": TEXT, "version": "1", "once_key": "c"})
    stale = office.post(f"{at}edit/", {"title": "另改一稿", "text": "另一个人改的", "version": "1", "once_key": "d"})
    office.post(f"{at}adopt/", {"words": "写得具体", "once_key": "e"})
    office.post(f"{at}use/", {"place": "media", "on": "2018-04-27", "words": "演示日报头版", "once_key": "f"})
    published = office.post(f"{at}publish/", {"once_key": "g"}, follow=True)

    assert wrong.status_code == 422
    assert TEXT in wrong.content.decode()
    assert photo.name in words_of(made)
    assert TITLE in words_of(waiting)
    assert (stale.status_code, "有人已改成第2稿" in words_of(stale), "另一个人改的" in words_of(stale)) == (409, True, True)
    page = words_of(published)
    for said in ("供电问题当周解决", "原稿", TITLE, "演示日报头版", "写得具体", "已发布", number):
        assert said in page
    assert "写到这个问题的稿件 供电问题当周解决" in words_of(park.get(f"/problems/{number}/"))
    assert "同类问题的典型做法 全部 供电问题当周解决" in words_of(park.get(f"/problems/{like}/"))
    assert "供电问题当周解决" not in words_of(signed_in("firm").get(f"/problems/{like}/"))
    file = re.search(r"/files/[^\"]+", published.content.decode())[0]  # type: ignore[index]
    assert [signed_in(login).get(file).status_code for login in ("zone_office", "outsider")] == [200, 404]


def test_a_double_is_named_before_it_is_sent_and_to_the_office_beside_it() -> None:
    submitted()
    park, office = signed_in("park"), signed_in("park_office")
    again = {**SAID, "text": TEXT.replace("三家", "四家")}

    first = park.get("/practices/new/")
    asked = park.post("/practices/new/", {**again, "once_key": "a"})
    sent = park.post("/practices/new/", {**again, "knowingly": "on", "once_key": "b"}, follow=True)
    at = sent.redirect_chain[-1][0]
    seen = words_of(office.get(at))
    form = office.get(f"{at}pass_over/").content.decode()
    double = re.search(r'<option value="([0-9a-f-]{36})"', form)[1]  # type: ignore[index]
    unnamed = office.post(f"{at}pass_over/", {"why": "double", "once_key": "c"})
    office.post(f"{at}pass_over/", {"why": "double", "double_of": double, "once_key": "d"})

    assert "不是重复报送" not in words_of(first)
    assert asked.status_code == 422
    assert "请勾选“不是重复报送”" in words_of(asked)
    assert "可能重复" in seen
    assert "请选择与哪一篇重复" in words_of(unnamed)
    assert "重复报送 · 看先报的一篇" in words_of(park.get(at))


@pytest.mark.parametrize(("what", "said"), [
    ("return", {"words": "补充数字"}), ("pass_over", {"why": "thin", "words": "没有数字"}), ("adopt", {"words": ""}),
])
def test_the_office_decides_once(what: str, said: dict[str, str]) -> None:
    at, office = f"/practices/{submitted(kind=PieceKind.WORK_NEWS)}/", signed_in("park_office")

    assert office.get(f"{at}{what}/").status_code == 200
    assert office.post(f"{at}{what}/", {**said, "once_key": "a"}).status_code == 302
    assert office.post(f"{at}{what}/", {**said, "once_key": "b"}).status_code == 409


def test_a_problem_is_joined_and_parted_a_piece_sent_up_and_one_taken_back() -> None:
    _story, number = closed_problem()
    at, other = (f"/practices/{made}/" for made in (submitted(), submitted(title="并联审批", text="六个部门同步审。")))
    park, office = signed_in("park"), signed_in("park_office")

    office.post(f"{at}join/", {"problems": number, "once_key": "a"})
    joined = words_of(park.get(at))
    park.post(f"{at}part/", {"problem": number, "once_key": "b"})
    office.post(f"{at}adopt/", {"once_key": "c"})
    office.post(f"{at}send_up/", {"once_key": "d"})
    park.post(f"{other}withdraw/", {"words": "写错了", "once_key": "e"})

    assert number in joined
    assert number not in words_of(park.get(at))
    assert TITLE in words_of(signed_in("zone_office").get("/practices/?state=submitted"))
    assert "已撤回" in words_of(park.get(other))


def test_lists_narrow_and_counts_are_exported_with_their_totals() -> None:
    adopted(kind=PieceKind.WORK_NEWS)
    submitted("park_office", title="办公室一周动态", text="本周调度两次。", kind=PieceKind.WORK_NEWS)
    office = signed_in("park_office")

    counts = office.get("/practices/counts/")
    book = load_workbook(BytesIO(b"".join(office.get("/practices/counts/?export=xlsx").streaming_content)))  # type: ignore[attr-defined]
    page = words_of(counts)

    cells = [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
    assert "采用率" in cells
    assert "共 2 条" in page
    assert "合计 2 1 50.0%" in page
    assert "共 0 条" in words_of(office.get("/practices/counts/?since=2018-03-01&until=2018-03-31"))
    assert "办公室一周动态" not in words_of(office.get("/practices/?unit=130973400-economy&state=adopted&q=供电"))
    assert TITLE in words_of(office.get("/practices/?unit=130973400-economy&state=adopted&q=供电"))
    assert "还没有发布的做法和成果" in words_of(office.get("/practices/library/?kind=policy_result&category=industry.energy"))


def test_outsiders_and_the_served_get_nothing() -> None:
    made = adopted()

    for login in ("outsider", "neighbour", "zone", "firm"):
        client = signed_in(login)
        assert [client.get(f"/practices/{made}/{act}").status_code for act in ("", "edit/", "use/", "nothing/")] == [404] * 4
    for path in ("/practices/", "/practices/library/", "/practices/counts/", "/practices/new/"):
        assert signed_in("firm").get(path).status_code == 404
        assert TITLE not in words_of(signed_in("outsider").get(path))
    with acting("park_office"):
        assert Piece.objects.get().state == "adopted"


def test_lists_do_not_grow_in_queries_with_their_rows() -> None:
    office, paths = signed_in("park_office"), ("/practices/", "/practices/library/", "/practices/counts/")

    def publish_one(place: int) -> None:
        made = adopted(title=f"第{place}件事", text=f"{place}" * 9, knowingly=True)
        does("park_office", publish, made, Publishing())

    def asked() -> list[int]:
        told = []
        for path in paths:
            with CaptureQueriesContext(connection) as queries:
                office.get(path)
            told.append(len(queries))
        return told

    publish_one(1)
    asked()
    few = asked()
    for place in (2, 3):
        publish_one(place)

    assert asked() == few
    assert "共 3 条" in words_of(office.get("/practices/library/"))
