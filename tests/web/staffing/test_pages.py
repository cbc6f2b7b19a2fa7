"""单位与人员、谁能看到 at the screen: each page once for the right person and once for the outsider."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from io import BytesIO
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests.cast import viewer
from tests.problems.conftest import raised as raised
from tests.web.portal.conftest import _april as _april
from tests.web.portal.conftest import at_screen as at_screen
from tests.web.portal.conftest import text_of
from zhitong.domain.organisations.actions.dissolving import next_version
from zhitong.domain.organisations.actions.seating import Seat, seat
from zhitong.domain.organisations.models import Person, Post, Tenure, Unit
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.problems.models import Problem

pytestmark = pytest.mark.django_db
AtScreen = Callable[[str], Client]


@pytest.fixture(autouse=True)
def keepers() -> None:
    """Who administers the park, and who audits the province."""
    seat([
        Seat(login=login, name=f"演示{login}", password=None, since=date(2018, 1, 1),
             post_id=Post.objects.get(unit__code=unit, kind=kind).id)
        for login, unit, kind in (("admin", "130973400-office", "administrator"), ("audit", "13-office", "auditor"))
    ])


def test_somebody_is_moved_in_three_clicks(at_screen: AtScreen) -> None:
    admin, held = at_screen("admin"), Tenure.objects.get(person__login="park")
    unit = "/staffing/units/130973400-economy/"
    move = f"/staffing/tenures/{held.id}/move/"
    target = Post.objects.filter(unit__code="130973400-office", kind="liaison")[0]

    assert unit in admin.get("/staffing/").content.decode()
    assert move in admin.get(unit).content.decode()
    done = admin.post(move, {"to_post_id": str(target.id), "once_key": "k"}, follow=True)

    assert "已调动" in text_of(done)
    assert Tenure.objects.filter(person__login="park", post=target, until__isnull=True).exists()


def test_everybody_of_the_territory_stands_in_one_list_and_goes_out_as_it_is_seen(at_screen: AtScreen) -> None:
    admin, name = at_screen("admin"), "演示admin"
    other = Tenure.objects.get(person__login="park").person.name

    page, narrowed = admin.get("/staffing/people/"), admin.get("/staffing/people/", {"q": name})
    book = admin.get("/staffing/people/", {"q": name, "export": "xlsx"})
    rows = [[cell.value for cell in row] for row in load_workbook(BytesIO(b"".join(book.streaming_content))).active]

    assert name in text_of(page)
    assert "演示audit" not in text_of(page), "who sits elsewhere"
    told = [row for row in rows if row[0] == name]
    assert len(told) == 1
    assert "南大港产业园区" in str(told[0])
    assert other in text_of(page)
    assert other not in text_of(narrowed)
    assert at_screen("outsider").get("/staffing/people/").status_code == 403


def test_a_unit_that_is_still_needed_says_what_is_in_the_way_and_where_it_is_put_right(at_screen: AtScreen) -> None:
    admin, close = at_screen("admin"), "/staffing/units/130973400-economy/close/"

    page = admin.get(close)
    refused = admin.post(close, {"once_key": "k"})

    assert "还有人任职" in text_of(page)
    assert "承担条线" in text_of(page)
    assert 'href="/staffing/units/130973400-economy/"' in page.content.decode()
    assert "/handing/dissolve/" not in page.content.decode(), "which is the campaign office's"
    assert refused.status_code == 409
    assert Unit.objects.get(code="130973400-economy").ended_on is None


def test_somebody_goes_to_another_region_of_the_subtree(at_screen: AtScreen) -> None:
    seat([Seat(login="zone_admin", name="演示区管", password=None, since=date(2018, 1, 1),
               post_id=Post.objects.get(unit__code="130973-office", kind="administrator").id)])
    admin, held = at_screen("zone_admin"), Tenure.objects.get(person__login="park")
    move = f"/staffing/tenures/{held.id}/move/"
    target = Post.objects.filter(unit__code="130973-economy")[0]

    near = admin.get(move).content.decode()
    above = admin.get(f"{move}?region=130973").content.decode()

    assert f"{move}?region=130973" in near
    assert "?region=1309\"" not in above
    assert str(target.id) not in near
    assert str(target.id) in above


def test_a_unit_and_a_post_are_opened_and_a_refusal_stands_beside_its_field(at_screen: AtScreen) -> None:
    admin = at_screen("admin")
    new = "/staffing/regions/130973400/new/"

    done = admin.post(new, {"name": "演示专班", "kind": "task_force", "once_key": "k"}, follow=True)
    next_version()
    twice = admin.post(new, {"name": "演示专班", "kind": "task_force", "once_key": "l"})
    unit = Unit.objects.get(name="演示专班")
    post = admin.post(f"/staffing/units/{unit.code}/posts/new/", {"title": "联络岗", "kind": "officer", "once_key": "m"}, follow=True)
    next_version()

    assert "已新设单位" in text_of(done)
    assert "本级已有这个名称的单位" in text_of(twice)
    assert "联络岗" in text_of(post)


def test_a_holder_names_who_stands_in_and_both_read_it_on_their_accounts(at_screen: AtScreen) -> None:
    park, mate = at_screen("park"), viewer("park_office")
    page = f"/staffing/instead/{viewer('park').post_id}/{viewer('park').person_id}/"
    asked = {"person_id": str(mate.person_id), "since": "2018-04-27", "until": "2018-04-28", "reason": "外出培训", "once_key": "k"}

    assert page in park.get("/account/").content.decode()
    assert "已指定代办人" in text_of(park.post(page, asked, follow=True))

    theirs = at_screen("park_office")
    assert "外出培训" in text_of(theirs.get("/account/"))
    assert "（代演示丙）" in theirs.get("/account/").content.decode()
    assert at_screen("outsider").get(page).status_code == 404


def test_the_page_of_a_case_and_of_a_firm_lead_whoever_may_ask_to_who_sees_it(
    at_screen: AtScreen, raised: Callable[..., object]
) -> None:
    number = raised().standing.number  # type: ignore[attr-defined]
    with acting_as(viewer("park")):
        subject_id = Problem.objects.values_list("subject_id", flat=True).get(number=number)
    case, firm = f"/problems/{number}/", f"/subjects/{subject_id}/"
    office, handler = at_screen("park_office"), at_screen("park")

    for page, there in ((case, quote(f"/sight{case}")), (firm, f"/sight{firm}")):
        assert there in office.get(page).content.decode()
        assert office.get(there).status_code == 200
        assert there not in handler.get(page).content.decode()
        assert handler.get(there).status_code == 403


def test_whoever_is_looked_for_is_found_and_only_in_the_own_subtree(
    at_screen: AtScreen, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    admin, held = at_screen("admin"), Tenure.objects.get(person__login="park")

    assert "/staffing/people/" in admin.get("/staffing/").content.decode()
    with django_assert_max_num_queries(9):
        found = admin.get("/staffing/people/", {"q": "演示丙", "sort": "name"})
    assert f"/staffing/tenures/{held.id}/move/" in found.content.decode()
    assert "共1条" in text_of(found)
    assert "共1条" in text_of(admin.get("/staffing/people/", {"q": "park_office", "kind": viewer_kind("park_office")}))
    assert "没有找到这样的人" in text_of(admin.get("/staffing/people/", {"q": viewer_name("neighbour")}))
    assert b"".join(admin.get("/staffing/people/", {"export": "xlsx"}).streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]
    assert at_screen("park").get("/staffing/people/").status_code == 403


def test_what_the_level_above_fills_is_said_so_instead_of_offered(at_screen: AtScreen) -> None:
    admin, audit = at_screen("admin"), at_screen("audit")
    own = Tenure.objects.get(person__login="admin")
    park = Tenure.objects.get(person__login="park")

    office = admin.get("/staffing/units/130973400-office/")
    theirs = admin.get(f"/sight/people/{park.person_id}/").content.decode()

    assert "本级的系统管理员由上一级系统管理员任免" in text_of(office)
    assert f"/staffing/posts/{own.post_id}/seat/" not in office.content.decode()
    assert f"/staffing/tenures/{own.id}/move/" not in admin.get(f"/sight/people/{own.person_id}/").content.decode()
    assert f"/staffing/tenures/{park.id}/move/" in theirs
    assert "/staffing/units/130973400-economy/" in theirs
    assert "/staffing/" not in audit.get(f"/sight/people/{park.person_id}/").content.decode()


def test_the_three_administrators_are_led_to_what_they_keep(
    at_screen: AtScreen, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    admin, audit = at_screen("admin"), at_screen("audit")
    admin.get("/")

    with django_assert_max_num_queries(16):
        theirs = admin.get("/").content.decode()
    his = audit.get("/").content.decode()

    for address in ("/staffing/", "/systems/", "/messages/delivery/", "/accounts/waits/"):
        assert address in theirs
        assert address not in his
    assert "/audit/facts/" in his
    for closed in ('href="/problems/"', 'href="/problems/ledger/"', 'href="/supervision/"', 'href="/bulletins/"'):
        assert closed not in theirs + his
    assert "/subjects/" in theirs
    assert "/subjects/" not in his


def test_who_administers_names_a_stand_in_and_is_back_at_the_unit(at_screen: AtScreen) -> None:
    admin, held, mate = at_screen("admin"), viewer("park"), viewer("park_office")
    asked = {"person_id": str(mate.person_id), "since": "2018-04-27", "until": "2018-04-28", "reason": "外出培训", "once_key": "k"}

    done = admin.post(f"/staffing/instead/{held.post_id}/{held.person_id}/", asked)

    assert (done.status_code, done["Location"]) == (302, "/staffing/units/130973400-economy/")
    assert "外出培训" in text_of(admin.get(done["Location"]))


def viewer_name(login: str) -> str:
    return Person.objects.get(login=login).name


def viewer_kind(login: str) -> str:
    return Tenure.objects.get(person__login=login).post.kind


def test_who_sees_a_case_and_what_a_person_can_do_are_told_with_reasons(at_screen: AtScreen, raised: Callable[..., object]) -> None:
    number = raised().standing.number  # type: ignore[attr-defined]
    audit = at_screen("audit")

    found = audit.get("/sight/", {"q": number}, follow=True)
    person = audit.get(f"/sight/people/{viewer('park').person_id}/")

    assert "反映单位、参与或参与过办理（抄告单位）" in text_of(found)
    assert "签收、办理、办结、提出上报" in text_of(person)
    assert "1件" in text_of(person)
    assert audit.get("/sight/", {"q": "无"}).status_code == 404
    for path in (f"/sight/problems/{number}/", f"/sight/people/{viewer('park').person_id}/"):
        assert at_screen("outsider").get(path).status_code == 404
    assert at_screen("park").get("/staffing/").status_code == 403
    assert f"/sight/people/{viewer('park').person_id}/" in found.content.decode()
    who = reverse("sight:problem", args=[number])
    assert who in at_screen("park_office").get(f"/problems/{number}/").content.decode()
    assert who not in at_screen("park").get(f"/problems/{number}/").content.decode()
