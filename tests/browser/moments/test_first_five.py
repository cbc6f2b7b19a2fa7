"""The first five of the ten moments in which a county adopts or abandons the system, each from a clerk's own Excel, call or photo."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.conftest import Visitor
from tests.browser.moments.counting import Hand, moment
from tests.browser.moments.materials import (
    FIRM,
    LEDGER,
    NIGHTLY,
    old_ledger,
    picture,
    roster,
    rows_in,
    seated,
)
from tests.browser.test_distribution import reported
from tests.browser.test_journey import FIGURES, STANDING, open_round
from tests.cast import acting
from tests.problems.ways import SAFETY, unit_id
from tests.subjects.conftest import sound_code
from zhitong.domain.problems.models import Problem
from zhitong.domain.problems.rules.kinds import State
from zhitong.domain.subjects.models import Subject

pytestmark = [pytest.mark.browser, pytest.mark.prove]
Visit = Callable[..., Visitor]
SOUTHERN = "演示南大港石化设备有限公司"
CALLED = "变压器检修要停几天，想知道能不能错开。（演示内容）"
NUMBER = r"冀-沧州-2018-\d{6}"


def come_in(hand: Hand, link: str, **typed: str) -> None:
    """Open the address behind a code, have a code sent to one's phone, and be in."""
    hand.open(link)
    for name, text in typed.items():
        hand.write(name, text)
    hand.go("发送验证码", within="body")
    told = re.search(r"验证码(\d{6})", hand.shown)
    assert told is not None, "a demonstration shows what would go to the phone"
    hand.write("code", told[1])
    hand.go("开通并进入", within="body")


def links_on(page: Page) -> dict[str, str]:
    """By the words on each sheet: the path behind its code, as printed beneath."""
    texts = page.locator(".zt-slip").all_inner_texts()
    return {text: found[0] for text in texts if (found := re.search(r"/join/\S+", text))}


def test_a_county_is_opened_and_its_old_ledger_in_from_two_excel_files(address: str, visit: Visit) -> None:
    administrator = visit(address, seated("county", "130982-office", "administrator"))
    office, phone = visit(address), visit(address, phone=True)

    with moment(1) as journey:
        opening = journey.hand(administrator)
        opening.open("/")
        opening.go("导入导出", within="body")
        opening.choose("kind", "people")
        opening.give(opening.page.locator("input[type=file]"), roster())
        opening.go("上传并检查")
        opening.go("导入 3 行")
        opening.go("打印新开通人员的邀请单")
        link = {name: path for words, path in links_on(opening.page).items() for name in ("演示申", "演示酉") if name in words}

        clerk = journey.hand(office)
        come_in(clerk, link["演示申"], phone="13800001101")
        clerk.go("导入导出", within="body")
        clerk.choose("kind", "ledger")
        clerk.give(clerk.page.locator("input[type=file]"), old_ledger())
        clerk.go("上传并检查")
        clerk.choose(clerk.page.get_by_label("甩项"), "不导入")
        clerk.go("按此重新检查")
        said = clerk.shown
        clerk.go("导入 4 行")

        head = journey.hand(phone)
        come_in(head, link["演示酉"], phone="13800001102")

    assert "由任丘市科技和工业信息化局继续办理" in said
    assert office.page.get_by_role("button", name="撤销这次导入").is_visible()
    assert LEDGER[1][2] in head.shown
    office.open("/problems/ledger/")
    for row in (LEDGER[0], LEDGER[1], LEDGER[3]):
        assert row[2][:8] in office.page.inner_text("main")
    with acting("province_office"):
        rows = Problem.objects.filter(subject_name=FIRM).values_list("text", "state", "accountable_unit_id")
        stood = {text[:4]: (state, unit) for text, state, unit in rows}
    assert stood == {
        "厂区外道": ("answered", unit_id("130982-office")), "夜间限电": ("dispatched", unit_id("130982-industry")),
        "缺少焊接": ("dispatched", unit_id("130982-development")),
    }


def test_a_call_not_settled_is_on_the_right_desk_when_one_hangs_up(address: str, visit: Visit) -> None:
    office, park = visit(address, "park_office"), visit(address, "park")

    with moment(2) as journey:
        clerk = journey.hand(office)
        clerk.open("/")
        clerk.go("补录", within="body")
        clerk.put(clerk.page.locator("[name=firm]"), "石化")
        clerk.page.get_by_text("找到的企业").wait_for()
        clerk.choose("category", "energy")
        clerk.write("text", CALLED)
        clerk.go("登记", within="form.zt-record")

    told = office.page.inner_text("body")
    assert "按分发规则交南大港产业园区经发局办理" in told, told
    park.open("/")
    assert CALLED in park.page.inner_text("main")


def test_a_boss_scans_a_code_and_reports_without_a_manual(address: str, visit: Visit) -> None:
    open_round()
    with acting("province_office"):
        Subject.objects.filter(name=SOUTHERN).update(code=sound_code(7), address="南大港产业园区演示路1号")
    office, park, phone = visit(address, "park_office"), visit(address, "park"), visit(address, phone=True)
    office.open("/entry/names/?come=never")
    office.page.get_by_role("checkbox", name=f"选择 {SOUTHERN}").check()
    with office.page.expect_navigation():
        office.page.get_by_role("button", name="给勾选的发邀请单").click()
    [(_words, link)] = links_on(office.page).items()
    assert office.page.locator(".zt-slip svg").bounding_box()["width"] > 100  # type: ignore[index]

    with moment(3) as journey:
        boss = journey.hand(phone)
        come_in(boss, link, name="演示申", phone="139 0000 0001")
        boss.go("去填卡")
        for name, value in {**STANDING, **FIGURES}.items():
            if not boss.page.locator(f"[name={name}]").is_visible():
                boss.click(boss.page.locator("details:not([open]) > summary").first)
            if not boss.page.locator(f"[name={name}]").input_value():
                boss.write(name, value)
        boss.choose("diagnosis", "profitable")
        boss.click("写一个问题")
        boss.choose(boss.page.locator("select[name$='.category']"), "energy")
        boss.put(boss.page.locator("textarea[name$='.text']"), NIGHTLY)
        boss.choose(boss.page.locator("[name$='.known_to_head']"), "是")
        boss.give(boss.page.get_by_label("拍照或选图"), picture())
        boss.go("报送")

    number = re.search(NUMBER, boss.shown)
    assert number is not None
    assert "由南大港产业园区经发局负责" in boss.shown
    assert park.open(f"/problems/{number[0]}/") == 200
    assert park.page.locator(".zt-file").count() == 1


def line_of(desk: Hand, text: str) -> Locator:
    """What waits for somebody on his first page, by its words."""
    return desk.page.locator("main .zt-row", has_text=text).locator(".zt-row-title").first


def send_back(hand: Hand, text: str, rule: str, whose: str) -> None:
    """A department says on which rule it is not its own, and whose it is."""
    hand.open("/")
    hand.go(line_of(hand, text))
    hand.click("更多办理方式")
    hand.go("退回")
    hand.write("rule", rule)
    hand.write("whose", whose)
    hand.go("退回", within="form.zt-form")


def rule_on(clerk: Hand, text: str, act: str, unit: str, reason: str) -> str:
    """The office takes what was sent back from its first page and hands it to a unit; returns what its desk said."""
    clerk.open("/")
    line = clerk.page.locator("main .zt-row", has_text=text).first
    said = line.inner_text()
    clerk.go(line.locator(".zt-row-act"))
    clerk.choose("unit_id", str(unit_id(unit)))
    clerk.write("reason", reason)
    clerk.go(act, within="form.zt-form")
    return said


def test_a_quarrel_is_settled_the_same_day(address: str, visit: Visit) -> None:
    text = "锅炉改造验收没有人来。（演示内容）"
    story = reported(text)
    number = story.standing.number
    seats = [visit(address, "park", phone=True), visit(address, "park_office"), visit(address, seated("safety", SAFETY), phone=True)]

    with moment(4) as journey:
        first, clerk, second = (journey.hand(one) for one in seats)
        send_back(first, text, "三定规定第二条", "应由安监局办理")
        once = rule_on(clerk, text, "交办", SAFETY, "涉及安全生产")
        send_back(second, text, "三定规定第三条", "应由经发局办理")
        twice = rule_on(clerk, text, "指定承办", "130973400-economy", "两家退回，由经发局承办")

    assert "承办单位退回，等本办重新交办" in once
    assert "两次退回，等本办指定承办" in twice
    for one in seats:
        one.open(f"/problems/{number}/")
        for why in ("三定规定第二条", "三定规定第三条", "两家退回，由经发局承办"):
            assert why in one.page.inner_text("main"), (one.page.url, why)
    standing = story.standing
    assert (standing.state, standing.accountable_unit_id) == (State.DISPATCHED, unit_id("130973400-economy"))
    assert standing.spell is not None
    assert standing.spell.designated


def test_how_many_are_not_done_and_whose_is_one_sheet(address: str, visit: Visit) -> None:
    number = reported(days_ago=8).standing.number
    office = visit(address, "park_office")

    with moment(5) as journey:
        clerk = journey.hand(office)
        clerk.open("/")
        clerk.go("几件没办，谁的")
        seen = [row.split("\t") for row in clerk.page.locator("main tbody tr").all_inner_texts()]
        sheet = clerk.take("Word")

    assert [row for row in rows_in(sheet) if row[0] != "单位"] == seen
    assert any(number in row for row in seen), seen
