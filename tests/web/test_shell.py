"""The frame all pages share: its words, its forms, its menu, its templates."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.loader import render_to_string
from django.test import override_settings
from django.urls import include, path
from django.utils import translation

from zhitong.domain.organisations.rules.rights import Reach
from zhitong.kit import clock
from zhitong.web.shell import components, navigation, words
from zhitong.web.shell.forms import FigureField, PlainForm, wan_field
from zhitong.web.shell.middleware import SecurityHeaders

TEMPLATES = Path(navigation.__file__).parent / "templates"
AFTERNOON = datetime(2018, 9, 17, 6, 32, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _september() -> object:
    with clock.held_at(AFTERNOON), translation.override("zh-hans"):
        yield


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2018, 9, 17, 6, 32, tzinfo=UTC), "今天 14:32"),
        (datetime(2018, 9, 16, 16, 5, tzinfo=UTC), "今天 00:05"),
        (datetime(2018, 9, 16, 1, 5, tzinfo=UTC), "昨天 09:05"),
        (datetime(2018, 9, 18, 9, 30, tzinfo=UTC), "明天 17:30"),
        (datetime(2018, 4, 27, 7, 40, tzinfo=UTC), "4月27日 15:40"),
        (datetime(2017, 12, 31, 15, 59, tzinfo=UTC), "2017年12月31日"),
        (date(2018, 9, 17), "今天"),
        (date(2018, 12, 25), "12月25日"),
        (date(2019, 3, 1), "2019年3月1日"),
        (None, "—"),
    ],
)
def test_a_moment_is_said_as_people_say_it(at: date | datetime | None, said: str) -> None:
    assert words.moment_in_words(at) == said


def test_yesterday_stays_yesterday_over_new_year() -> None:
    with clock.held_at(datetime(2019, 1, 1, 2, 0, tzinfo=UTC)):
        assert words.moment_in_words(datetime(2018, 12, 31, 2, 0, tzinfo=UTC)) == "昨天 10:00"


@pytest.mark.parametrize(
    ("yuan", "said"),
    [
        (Decimal(126_000_000), "1.26亿元"),
        (Decimal(100_000_000), "1亿元"),
        (Decimal(34_205_000), "3,420.5万元"),
        (9_800, "0.98万元"),
        (0, "0万元"),
        (Decimal(-563_000), "-56.3万元"),
        (None, "—"),
    ],
)
def test_money_is_said_by_its_size(yuan: Decimal | int | None, said: str) -> None:
    assert words.money_in_words(yuan) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [(3, "还有 3 个工作日"), (0, "今天到期"), (-2, "已超 2 个工作日"), (Decimal("0.5"), "还有 0.5 个工作日")],
)
def test_what_is_left_of_a_limit_is_said_in_working_days(days: Decimal | int, said: str) -> None:
    assert words.workdays_left_in_words(days) == said


class Card(PlainForm):
    """A form with every kind of field that needs our sentences."""

    revenue = wan_field(label="营业收入", least=0, last_period=Decimal(34_205_000), help_text="例如 1,234.5")
    staff = FigureField(label="从业人数", unit="人", places=0, least=0, required=False)
    text = forms.CharField(label="问题", max_length=5, error_messages={"required": "请写明问题。"})
    due = forms.DateField(label="日期", required=False)


@pytest.mark.parametrize(
    ("typed", "yuan"),
    [
        ("1,234.5", 12_345_000),
        ("１２３４．５", 12_345_000),
        ("1，234。5", 12_345_000),
        (" 1 234 ", 12_340_000),
        ("0", 0),
        ("0.0001", 1),
    ],
)
def test_a_figure_is_read_as_people_write_it(typed: str, yuan: int) -> None:
    assert wan_field().clean(typed) == yuan


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("12a4", "请只填数字，例如 1,234.5；您填的“12a4”里有“a”。"),
        ("1.2亿", "请只填数字，例如 1,234.5；您填的“1.2亿”里有“亿”。"),
        ("12,34", "“12,34”读不成一个数，请核对小数点和逗号，例如 1,234.5。"),
        ("1.2.3", "“1.2.3”读不成一个数，请核对小数点和逗号，例如 1,234.5。"),
        ("1.00001", "最多保留 4 位小数。"),
        ("-1", "这里不能小于 0万元。"),
        ("－１", "这里不能小于 0万元。"),
        ("100,000,001", "这里不能大于 100,000,000万元，请核对后再填。"),
    ],
)
def test_a_figure_that_cannot_be_is_refused_in_words(typed: str, sentence: str) -> None:
    with pytest.raises(forms.ValidationError) as refused:
        Card.base_fields["revenue"].clean(typed)

    assert refused.value.messages == [sentence]


def test_whole_figures_take_no_decimals() -> None:
    form = Card({"revenue": "1", "text": "好", "staff": "12.5"})

    assert form.errors["staff"] == ["请填整数，不带小数。"]


def test_refusals_are_ours_and_a_forms_own_words_stand() -> None:
    form = Card({"revenue": "", "text": "", "due": "明天"})

    assert form.errors["revenue"] == ["请填写这一项。"]
    assert form.errors["text"] == ["请写明问题。"]
    assert form.errors["due"] == ["请填写日期，例如 2018-09-17。"]


def test_a_text_too_long_is_told_its_length() -> None:
    form = Card({"revenue": "1", "text": "一二三四五六七"})

    assert form.errors["text"] == ["最多填写 5 个字，现在有 7 个字。"]


def test_a_refused_form_keeps_what_was_typed_and_ties_the_refusal_to_its_field() -> None:
    html = Card({"revenue": "１２a", "text": "好"}).render()

    assert 'value="１２a"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_revenue_helptext id_revenue_error"' in html
    assert 'id="id_revenue_error"' in html


def test_a_stored_figure_comes_back_in_the_unit_of_its_field() -> None:
    html = Card(initial={"revenue": Decimal(34_205_000)}).render()

    assert 'value="3,420.5"' in html
    assert "上期 3,420.5" in html


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("here")


class AllSeeing:
    """A viewer whose post may do everything."""

    reach = Reach.SUBTREE
    is_apart = False
    permissions = frozenset[object]()

    def may(self, permission: object) -> bool:
        return True


home = ([path("", page, name="desk")], "home")
problems = (
    [path("", page, name="list"), path("dispatch/", page, name="dispatch"), path("<int:id>/", page)],
    "problems",
)
urlpatterns = [path("", include(home)), path("problems/", include(problems))]


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize(
    ("at", "current"),
    [
        ("/", "待办"),
        ("/problems/", "办理"),
        ("/problems/17/", "办理"),
        ("/problems/dispatch/", "受理交办"),
        ("/x/", None),
    ],
)
def test_the_menu_shows_what_exists_and_marks_where_one_is(at: str, current: str | None) -> None:
    shown = navigation.shown_to(AllSeeing(), navigation.DESK, at)
    here = navigation.current_of(shown)

    assert [str(place.label) for group in shown for place in group.places] == ["待办", "受理交办", "办理"]
    assert (str(here.label) if here else None) == current


@override_settings(ROOT_URLCONF=__name__)
def test_a_place_not_for_this_viewer_is_not_shown() -> None:
    places = navigation.Group(
        "", (navigation.Place("台", "problems:list", "book", may_see=lambda viewer: viewer == "me"),)
    )

    assert navigation.shown_to("me", [places], "/")
    assert not navigation.shown_to("you", [places], "/")


def test_the_bottom_bar_has_four_seats_and_the_last_unfolds_the_rest() -> None:
    def places(near: int, far: int) -> list[navigation.ShownGroup]:
        every = [navigation.ShownPlace(str(n), "/", "home", n < near, False) for n in range(near + far)]
        return [navigation.ShownGroup("", tuple(every))]

    assert [len(navigation.at_thumb(places(4, 0))[0]), navigation.at_thumb(places(4, 0))[1]] == [4, False]
    assert [len(navigation.at_thumb(places(3, 5))[0]), navigation.at_thumb(places(3, 5))[1]] == [3, True]
    assert [len(navigation.at_thumb(places(5, 0))[0]), navigation.at_thumb(places(5, 0))[1]] == [3, True]


def test_every_answer_allows_our_own_files_only() -> None:
    response = SecurityHeaders(page)(HttpRequest())

    policy = response["Content-Security-Policy"]
    assert policy.startswith("default-src 'self';")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("template", sorted(str(file.relative_to(TEMPLATES)) for file in TEMPLATES.rglob("*.html")))
def test_every_template_of_the_shell_compiles(template: str) -> None:
    assert engines["django"].get_template(template)


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "500"])
def test_an_error_page_needs_nothing_and_says_what_is_safe_and_what_to_do(code: str) -> None:
    html = render_to_string(f"{code}.html")

    assert html.count("<h1>") == 1
    assert html.count("<p>") >= 2
    assert 'href="/"' in html


def test_acts_that_may_not_be_done_stand_grey_with_their_reason() -> None:
    acts = [
        components.Act("办结", "/close", primary=True, method="post"),
        components.Act("退回", "/back", allowed=False, reason="签收超过 1 个工作日，不能再退回。"),
    ]

    html = engines["django"].from_string('{% load shell %}{% acts acts "key" %}').render({"acts": acts})

    assert 'action="/close"' in html
    assert 'name="once_key" value="key"' in html
    assert "/back" not in html
    assert html.count("签收超过 1 个工作日，不能再退回。") == 2


def test_a_light_is_a_shape_and_a_word() -> None:
    html = engines["django"].from_string("{% load shell %}{% light light %}").render({"light": components.OVERDUE})

    assert "超期" in html
    assert "#bad" in html


def test_what_people_wrote_is_never_taken_for_markup() -> None:
    happening = components.Happening(AFTERNOON, "答复", "甲局", "<script>alert(1)</script>")

    html = render_to_string("shell/parts/history.html", {"happenings": [happening]})

    assert "<script>" not in html
    assert "&lt;script&gt;" in html
