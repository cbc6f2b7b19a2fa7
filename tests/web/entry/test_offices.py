"""开通 at the office's screen and the firm's (R-A2): who has come, sheets to print, a roster that opens a county."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import NOW, acting, viewer
from zhitong.domain.entry.actions.inviting import invite_firms
from zhitong.domain.entry.models import Invitation
from zhitong.domain.organisations.models import Person, Post, Tenure
from zhitong.domain.subjects.models import Subject
from zhitong.kit import clock

pytestmark = pytest.mark.django_db

FIRM, OTHER = "演示南大港石化设备有限公司", "演示任丘管道装备有限公司"
HEADS = "单位,姓名,职务,手机\n"
GOOD = HEADS + "任丘市科技和工业信息化局,演示卯,局长,13800000001\n任丘市发展改革局,演示巳,副局长,138 0000 0003\n"


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 27 April 2018, 15:40."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


def signed_in(login: str) -> Client:
    """Somebody's browser."""
    client = Client(raise_request_exception=False)
    client.force_login(Person.objects.get(login=login))
    return client


def firm_id(name: str) -> str:
    with acting("city_office"):
        return str(Subject.objects.get(name=name).id)


def sheets_kept() -> int:
    with acting("province_office"):
        return Invitation.objects.count()


def test_the_office_sees_who_has_come_and_opens_the_names() -> None:
    office = signed_in("city_office")

    table = office.get("/entry/").content.decode()
    names = office.get("/entry/names/?come=never").content.decode()

    assert "沧州市全部服务对象开通率 0.0%，还有 2 户从未登录" in table
    assert "任丘市" in table
    assert "政府单位" in table
    assert FIRM in names
    assert OTHER in names


def test_names_are_narrowed_and_exported() -> None:
    office = signed_in("city_office")

    narrowed = office.get("/entry/names/?q=石化").content.decode()
    officials = office.get("/entry/names/?kind=official&region=130982").content.decode()
    workbook = office.get("/entry/names/?export=xlsx")

    assert FIRM in narrowed
    assert OTHER not in narrowed
    assert "任丘市发展改革局" in officials
    assert 'name="chosen"' not in officials
    assert b"".join(workbook.streaming_content).startswith(b"PK")


def test_pages_of_names_do_not_ask_more_with_more_rows(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    office = signed_in("city_office")
    with CaptureQueriesContext(connection) as for_one:
        assert office.get("/entry/names/?kind=official&q=任丘市发展改革局").content.decode().count("<tr>") == 2

    with django_assert_max_num_queries(len(for_one)):
        assert office.get("/entry/names/?kind=official").content.decode().count("<tr>") > 20


@pytest.mark.parametrize("path", ["/entry/", "/entry/names/", "/entry/invitations/", "/entry/sheets/"])
def test_a_firm_and_an_outsider_find_nothing_of_another(path: str) -> None:
    with acting("city_office") as actor:
        invite_firms(viewer("city_office"), [Subject.objects.get(name=FIRM).id], actor=actor, now=NOW)

    assert signed_in("firm").get(path).status_code == 404
    outside = signed_in("outsider").get(f"{path}?region=130973400")
    assert outside.status_code == 200
    assert FIRM not in outside.content.decode()


def test_ticked_firms_get_sheets_with_a_code_to_print() -> None:
    office = signed_in("city_office")

    printed = office.post("/entry/invite/", {"chosen": [firm_id(FIRM)]}, follow=True)

    page = printed.content.decode()
    assert printed.redirect_chain[0][0].startswith("/entry/sheets/?id=")
    assert FIRM in page
    assert OTHER not in page
    assert "<svg" in page.split("zt-slip-code")[1][:40]
    assert re.search(r"http://testserver/join/[0-9a-f]{32}\.", page)
    assert "style=" not in page.split("zt-slip-code")[1].split("</svg>")[0]


def test_all_who_never_came_get_sheets_at_once() -> None:
    page = signed_in("city_office").post("/entry/invite/", {"all": "never", "region": "", "kind": ""}, follow=True).content.decode()

    assert "2 张邀请单已经备好" in page
    assert FIRM in page
    assert OTHER in page


def test_nothing_ticked_is_said_and_changes_nothing() -> None:
    page = signed_in("city_office").post("/entry/invite/", {}, follow=True).content.decode()

    assert "请选择要邀请的服务对象" in page
    assert sheets_kept() == 0


@pytest.mark.parametrize("login", ["firm", "outsider", "city"])
def test_who_may_not_invite_a_firm_makes_no_sheet(login: str) -> None:
    answer = signed_in(login).post("/entry/invite/", {"chosen": [firm_id(FIRM)]})

    assert answer.status_code in (403, 404, 409, 422)
    assert sheets_kept() == 0


def test_an_invitation_is_listed_and_ended_and_opens_nothing_then() -> None:
    office = signed_in("city_office")
    office.post("/entry/invite/", {"chosen": [firm_id(OTHER)]})
    with acting("city_office"):
        sheet = Invitation.objects.get()
    before = office.get("/entry/invitations/").content.decode()
    asked = office.get(f"/entry/invitations/{sheet.id}/end/").content.decode()

    office.post(f"/entry/invitations/{sheet.id}/end/")

    assert "可用" in before
    assert "打不开任何内容" in asked
    assert "已作废" in office.get("/entry/invitations/?state=over").content.decode()
    assert OTHER not in office.get("/entry/sheets/").content.decode()
    assert signed_in("outsider").post(f"/entry/invitations/{sheet.id}/end/").status_code == 404


@pytest.fixture
def administrator(db: None) -> Client:
    """Who administers 任丘市, at his screen."""
    post = Post.objects.get(unit__code="130982-office", kind="administrator")
    person = Person.objects.create(login="administrator", name="演示寅")
    Tenure.objects.create(post=post, person=person, since=clock.day_of(NOW))
    return signed_in("administrator")


def sent(client: Client, text: str):  # type: ignore[no-untyped-def]
    """A roster sent in; the page that shows what its rows are, or what is wrong with the file."""
    form = {"kind": "people", "file": SimpleUploadedFile("花名册.csv", text.encode())}
    return client.post("/exchange/", form, follow=True)


def test_a_roster_is_looked_through_committed_and_leads_to_its_sheets(administrator: Client) -> None:
    seen = sent(administrator, GOOD)
    page = seen.redirect_chain[-1][0]

    done = administrator.post(page, {"do": "commit"}, follow=True).content.decode()
    sheets = administrator.get("/entry/sheets/?who=people").content.decode()

    assert "新开通，导入后可以打印邀请单" in seen.content.decode()
    assert "已导入：新增 2" in done
    assert "/entry/sheets/?who=people" in done
    assert "演示卯" in sheets
    assert "138****0003" in sheets
    assert sheets.count("zt-slip-body") == 2


def test_wrong_rows_are_named_and_nobody_is_seated(administrator: Client) -> None:
    before = Person.objects.count()

    seen = sent(administrator, GOOD + "没有的局,演示午,科员,1380000\n")
    refused = administrator.post(seen.redirect_chain[-1][0], {"do": "commit"})

    page = seen.content.decode()
    assert "本辖区没有“没有的局”" in page
    assert "现在是7位" in page
    assert refused.status_code == 409
    assert Person.objects.count() == before


def test_a_countys_own_heads_are_mapped(administrator: Client) -> None:
    seen = sent(administrator, GOOD.replace(HEADS, "所在部门,人员名字,岗位,联系方式\n"))

    assert seen.context["upload"].mapping == {
        "所在部门": "unit", "人员名字": "name", "岗位": "title", "联系方式": "phone",
    }
    assert seen.context["may_commit"]


def test_the_roster_of_old_is_found_at_its_new_place(administrator: Client) -> None:
    moved = administrator.get("/entry/roster/")
    blank = administrator.get(administrator.get("/entry/roster/blank.xlsx")["Location"])

    assert moved["Location"] == "/exchange/?kind=people"
    assert '<option value="people" selected>' in administrator.get(moved["Location"]).content.decode()
    assert b"".join(blank.streaming_content).startswith(b"PK")


def test_only_who_administers_sends_a_roster(db: None) -> None:
    office, firm = signed_in("city_office"), signed_in("firm")

    assert sent(office, GOOD).status_code == 422
    assert office.get("/exchange/templates/people.xlsx").status_code == 404
    assert firm.get("/exchange/templates/people.xlsx").status_code == 404


def test_a_firm_invites_a_colleague_and_stops_him() -> None:
    firm = signed_in("firm")
    unit = Tenure.objects.get(person__login="firm").post
    person = Person.objects.create(login="colleague", name="演示戌", phone="13900000077")
    tenure = Tenure.objects.create(post=unit, person=person, since=clock.day_of(NOW))

    before = firm.get("/entry/people/").content.decode()
    made = firm.post("/entry/people/", follow=True).content.decode()
    asked = firm.get(f"/entry/people/{tenure.id}/stop/").content.decode()
    after = firm.post(f"/entry/people/{tenure.id}/stop/", follow=True).content.decode()

    assert "生成邀请二维码" in before
    assert "139****0077" in before
    assert "<svg" in made.split("zt-slip-code")[1]
    assert "停用后，演示戌不能再为本单位" in asked
    assert "演示戌已停用" in after
    assert "139****0077" not in after


def test_people_of_a_firm_are_its_own() -> None:
    tenure = Tenure.objects.get(person__login="firm")

    assert signed_in("city_office").get("/entry/people/").status_code == 404
    assert signed_in("other_firm").post(f"/entry/people/{tenure.id}/stop/").status_code == 404
