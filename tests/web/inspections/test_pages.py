"""督查 at the screen (R-G3, R-B6): planned, approved, drawn, found, put right, closed; outsiders get nothing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import acting, viewer
from tests.files.samples import upload
from tests.inspections.looking import OBJECT, OFFICE, approved, found, unit_id
from tests.inspections.looking import afternoon as afternoon
from tests.web.stories import signed_in
from zhitong.domain.inspections.models import Finding, Inspection
from zhitong.domain.inspections.rules.sampling import digest_of
from zhitong.domain.organisations.models import Person, Post, Tenure
from zhitong.kit.ids import uuid7

pytestmark = pytest.mark.django_db
ECONOMY = "130973400-economy"


def words_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def inspector() -> Client:
    """Somebody of the city's inspection office, signed in."""
    post = Post.objects.filter(unit__code=OFFICE, kind="officer").order_by("title")[0]
    person = Person.objects.create(login=f"{uuid7()}", name="演示寅")
    Tenure.objects.create(post=post, person=person, since="2018-01-01")
    client = Client()
    client.force_login(person)
    return client


def test_a_plan_is_made_sent_in_approved_and_drawn_from() -> None:
    office, approver = signed_in("city_office"), inspector()
    said = {
        "title": "二季度督查", "matters": "看是否真解决", "way": "on_site", "objects_of": [str(unit_id(ECONOMY))],
        "since": "2018-04-27", "until": "2018-05-11", "approver_id": str(unit_id(OFFICE)), "once_key": "a",
    }

    wrong = office.post("/inspections/new/", {**said, "until": "2018-04-01"})
    made = office.post("/inspections/new/", said, follow=True)
    at = made.redirect_chain[-1][0]
    office.post(f"{at}submit/", {"once_key": "b"})
    waiting = approver.get("/")
    approver.post(f"{at}approve/", {"words": "同意", "once_key": "c"})
    drawn = office.post(
        f"{at}draw/", {"population": "subjects", "since": "2018-04-01", "until": "2018-04-27", "size": "3", "once_key": "d"}, follow=True
    )

    assert wrong.status_code == 422
    assert "结束日期不能早于开始日期" in words_of(wrong)
    assert "二季度督查" in words_of(wrong) or "二季度督查" in wrong.content.decode()
    assert "二季度督查" in words_of(waiting)
    page = words_of(drawn)
    assert "从 1 件中抽 1 件" in page
    assert "演示南大港石化设备有限公司" in page
    names = office.get(re.search(r"/inspections/samples/[^\"]+", drawn.content.decode())[0])  # type: ignore[index]
    assert digest_of(names.content.decode().splitlines()) in drawn.content.decode()
    assert "二季度督查" in words_of(office.get("/inspections/?state=approved"))
    assert "二季度督查" not in words_of(office.get("/inspections/?state=ended"))


def test_a_finding_is_answered_with_a_photo_returned_and_closed() -> None:
    made = approved()
    office, city, photo = signed_in("city_office"), signed_in("city"), upload()
    said = {"unit_id": str(unit_id(OBJECT)), "what": "没有到现场", "demand": "重新联系企业", "workdays": "5", "once_key": "a"}

    office.post(f"/inspections/{made}/find/", said)
    with acting("city"):
        at = f"/inspections/findings/{Finding.objects.get().id}/"
    waiting = words_of(city.get("/"))
    sent = SimpleUploadedFile(photo.name, photo.body.read())
    answered = city.post(f"{at}answer/", {"text": "已到现场", "files": sent, "once_key": "b"}, follow=True)
    no_reason = office.post(f"{at}return/", {"text": "", "once_key": "c"})
    office.post(f"{at}return/", {"text": "照片不清楚", "once_key": "d"})
    city.post(f"{at}answer/", {"text": "已重拍", "once_key": "e"})
    closed = office.post(f"{at}close/", {"text": "现场核查属实", "once_key": "f"}, follow=True)

    assert "没有到现场" in waiting
    assert photo.name in words_of(answered)
    file = re.search(r"/files/[^\"]+", answered.content.decode())[0]  # type: ignore[index]
    assert office.get(file).status_code == 200
    assert signed_in("outsider").get(file).status_code == 404
    assert no_reason.status_code == 422
    assert "已销号" in words_of(closed)
    assert "没有到现场" in words_of(office.get("/inspections/findings/?state=closed"))
    assert "没有到现场" not in words_of(office.get("/inspections/findings/?late=on"))


def test_five_in_place_stand_side_by_side() -> None:
    made = approved()
    office, city = signed_in("city_office"), signed_in("city")

    city.post("/inspections/in-place/own/", {"leadership": "in_place", "leadership_words": "有文件", "once_key": "a"})
    bare = city.post("/inspections/in-place/own/", {"minds": "in_place", "once_key": "b"})
    at = f"/inspections/{made}/in-place/{OBJECT}/"
    office.post(at, {"leadership": "not", "leadership_words": "没有开过会", "once_key": "c"})

    page = words_of(office.get("/inspections/in-place/"))
    assert "到位" in page
    assert "不一致" in page
    assert bare.status_code == 422
    assert "依据" in words_of(bare)
    assert city.get(at).status_code == 404


def test_an_inspection_is_ended_with_its_conclusion_once() -> None:
    made = approved()
    office = signed_in("city_office")

    office.post(f"/inspections/{made}/end/", {"conclusion": "总体较好", "once_key": "a"})
    again = office.post(f"/inspections/{made}/end/", {"conclusion": "总体较差", "once_key": "b"})

    assert again.status_code == 409
    with acting("city_office"):
        assert Inspection.objects.get().conclusion == "总体较好"


def test_outsiders_and_the_served_get_nothing() -> None:
    made = approved()
    finding = found(made)

    for login in ("outsider", "zone_office", "firm"):
        client = signed_in(login)
        for path in (f"/inspections/{made}/", f"/inspections/findings/{finding}/", f"/inspections/{made}/find/",
                     f"/inspections/findings/{finding}/close/", f"/inspections/{made}/change/"):
            assert client.get(path).status_code == 404
    for path in ("/inspections/", "/inspections/findings/", "/inspections/in-place/"):
        assert signed_in("firm").get(path).status_code == 404
        page = words_of(signed_in("outsider").get(path))
        assert "问题办理情况督查" not in page
        assert "没有到现场" not in page
    assert signed_in("city").get("/inspections/new/").status_code == 403
    assert viewer("firm")


@pytest.mark.parametrize("path", ["/inspections/", "/inspections/findings/"])
def test_lists_do_not_grow_in_queries_with_their_rows(path: str, django_assert_max_num_queries: Any) -> None:
    for place in range(3):
        found(approved(title=f"督查{place}"))
    client = signed_in("city_office")
    client.get(path)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        client.get(path)
    for place in range(3):
        found(approved(title=f"督查又{place}"))

    with django_assert_max_num_queries(len(few)):
        client.get(path)
