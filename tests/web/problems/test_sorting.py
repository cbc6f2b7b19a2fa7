"""The forms of sorting and leading: what is prefilled, what is refused with all that was typed, what a firm reads. R-F9."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.cast import Story
from tests.problems.ways import acknowledged, answered, sent_up, unit_id, waiting
from zhitong.domain.problems.actions.handling import SendBack, send_back
from zhitong.domain.problems.actions.receiving import Decline, decline
from zhitong.domain.problems.actions.sampling import sample_declined
from zhitong.domain.problems.rules.kinds import DeclineReason, Nature, State, Urgency

pytestmark = pytest.mark.django_db
Desk = Callable[[str], Client]
Raised = Callable[..., Story]
Address = Callable[..., str]
TEXT = "夜间限电，热处理炉不能连续生产。"


@pytest.fixture
def send(at_desk: Desk, address_of: Address) -> Callable[..., Any]:
    """Send the form of an act as somebody: `send("park_office", story, "merge", into=...)`."""

    def post(login: str, story: Story, act: str, **typed: str) -> Any:
        address, client = address_of(story, act), at_desk(login)
        key = client.get(address).context["once_key"]
        return client.post(address, {**typed, "once_key": key}, follow=True)

    return post


@pytest.fixture
def returned(raised: Raised) -> Story:
    story = raised()
    story.does("park", send_back, SendBack, rule="三定方案第二条", whose="财政局")
    return story


def told(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def test_correcting_begins_with_what_is_registered(at_desk: Desk, address_of: Address, returned: Story) -> None:
    form = at_desk("park_office").get(address_of(returned, "correct")).context["form"]

    assert form.initial == {"nature": "request", "category": "energy", "urgency": "ordinary"}
    assert ("funds", "资金需求") in form.fields["category"].choices


def test_corrected_it_says_so(send: Callable[..., Any], returned: Story) -> None:
    answer = send("park_office", returned, "correct", nature="inquiry", category="funds", urgency="urgent", reason="来电说明")

    standing = returned.standing
    assert (standing.nature, standing.category, standing.urgency) == (Nature.INQUIRY, "funds", Urgency.URGENT)
    assert "已更正，原登记留在办理过程中。" in told(answer)


def test_merging_offers_what_the_firm_reported_before(
    at_desk: Desk, send: Callable[..., Any], address_of: Address, raised: Raised
) -> None:
    main, story = raised(), waiting(raised)
    [(number, words)] = at_desk("park_office").get(address_of(story, "merge")).context["form"].fields["into"].choices

    answer = send("park_office", story, "merge", into=number, reason="同一件事")

    assert number == main.standing.number
    assert TEXT[:6] in words
    assert story.standing.merged_into_id == main.problem_id
    assert "已并案" in told(answer)
    answered(main)
    page = told(at_desk("firm").get(address_of(story)))
    assert "已调整错峰方案。" in page
    assert number in page


def test_without_an_earlier_one_the_number_is_typed_and_a_wrong_one_refused(send: Callable[..., Any], raised: Raised) -> None:
    story = waiting(raised)

    answer = send("park_office", story, "merge", into="冀-没有-2018-1", reason="同一件事")

    assert answer.status_code == 409
    assert "没有找到要并入的问题" in told(answer)
    assert "冀-没有-2018-1" in told(answer)
    assert story.standing.state is State.SUBMITTED


def test_splitting_begins_with_the_firms_words(at_desk: Desk, address_of: Address, returned: Story) -> None:
    form = at_desk("park_office").get(address_of(returned, "split")).context["form"]

    assert (form["remains"].initial, form["text_1"].initial, form["text_2"].initial) == (TEXT, TEXT, "")
    assert form["category_1"].initial == "energy"


def test_split_into_three(send: Callable[..., Any], at_desk: Desk, address_of: Address, returned: Story) -> None:
    answer = send("park_office", returned, "split", remains="道路", text_1="夜间限电", category_1="energy",
                  text_2="拖欠货款", category_2="funds", text_3="", category_3="energy")

    assert answer.redirect_chain
    assert told(at_desk("firm").get(address_of(returned))).count("由本件分出") == 2


@pytest.mark.parametrize(("typed", "sentence"), [
    ({"text_1": "", "category_1": "energy"}, "请填写这一项"),
    ({"text_1": "夜间限电", "category_1": "logistics"}, "选"),
    ({"text_1": "见机密文件", "category_1": "energy"}, "非涉密系统"),
])
def test_a_split_that_cannot_be_keeps_what_was_typed(
    send: Callable[..., Any], returned: Story, typed: dict[str, str], sentence: str
) -> None:
    before = len(returned.facts())

    answer = send("park_office", returned, "split", remains="厂门口的道路", **typed)

    assert answer.status_code == 422
    assert sentence in told(answer)
    assert "厂门口的道路" in told(answer)
    assert len(returned.facts()) == before


def test_a_firm_objects_and_reads_what_came_of_it(
    send: Callable[..., Any], at_desk: Desk, address_of: Address, raised: Raised
) -> None:
    story = waiting(raised)
    story.does("park_office", decline, Decline, reason=DeclineReason.UNCLEAR, rule="条例", channel="服务大厅")
    assert "我认为应当受理" in told(at_desk("firm").get(address_of(story)))

    send("firm", story, "object", words="已写明编号")
    assert "复核" in told(at_desk("zone_office").get("/problems/dispatch/?pile=objected"))
    send("zone_office", story, "overrule", reason="事项清楚")

    page = told(at_desk("firm").get(address_of(story)))
    assert "上级责令受理" in page
    assert "事项清楚" in page


def test_a_coordination_names_units_and_tasks_together(
    send: Callable[..., Any], raised: Raised
) -> None:
    story = acknowledged(sent_up(raised()), "zone")
    meeting = {"held_on": "2018-04-27", "chaired_by": "演示主任", "decided": "五月底前调整"}
    finance = str(unit_id("130973-finance"))

    half = send("zone", story, "coordinate", **meeting, unit_1=finance, text_1="测算电费", unit_2=str(unit_id("130973400-safety")))
    assert half.status_code == 422
    assert "单位和任务要一起填写" in told(half)
    whole = send("zone", story, "coordinate", **meeting, unit_1=finance, text_1="测算电费", workdays_1="2")

    assert whole.redirect_chain
    assert story.standing.asked_unit_ids == {unit_id("130973-finance")}


def test_a_firm_asks_the_level_above_to_look_in(
    send: Callable[..., Any], at_desk: Desk, address_of: Address, raised: Raised
) -> None:
    story = acknowledged(raised())

    send("firm", story, "look_in", words="十天没有进展")
    home = told(at_desk("zone_office").get("/"))
    send("zone_office", story, "answer_look_in", text="已约定下周一到现场")

    assert "企业请本办过问，等本办答复" in home
    assert "已约定下周一到现场" in told(at_desk("firm").get(address_of(story)))


def test_what_was_drawn_is_judged_on_the_page_of_samples(at_desk: Desk, raised: Raised) -> None:
    story = waiting(raised)
    story.does("park_office", decline, Decline, reason=DeclineReason.IN_COURT, rule="条例", channel="法院")
    from tests.cast import acting
    from tests.problems.test_sampling import MAY

    with acting("province_office"):
        sample_declined(MAY)
    client = at_desk("zone_office")
    [sample] = client.get("/problems/samples/").context["samples"]
    address = f"/problems/samples/{sample.id}/"

    key = client.get(address).context["once_key"]
    empty = client.post(address, {"found": "wanting", "words": "", "once_key": key})
    answer = client.post(address, {"found": "wanting", "words": "没有立案", "once_key": key}, follow=True)

    assert (empty.status_code, answer.redirect_chain[-1][0]) == (422, "/problems/samples/")
    assert "不予受理不妥" in told(answer)
    assert at_desk("city_office").get(address).status_code == 404
    assert at_desk("park").get("/problems/samples/").status_code == 403


@pytest.mark.parametrize("login", ["park", "zone_office", "province_office"])
def test_the_list_its_export_and_the_page_name_no_unnamed_firm(
    at_desk: Desk, address_of: Address, raised: Raised, login: str
) -> None:
    story = sent_up(sent_up(raised(unnamed=True)), "zone", "zone_office")
    client = at_desk(login)

    pages = [told(client.get(address)) for address in ("/", "/problems/", "/problems/ledger/", address_of(story))]

    assert all("演示南大港石化设备有限公司" not in page for page in pages)
    assert "隐名企业" in pages[-1]
    assert "隐名办理" in pages[-1]
