"""The forms of calendars: own hours, an own day, a published year, and the sum of a limit."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhitong.domain.calendars.rules import LimitUnit, Sessions
from zhitong.domain.calendars.rules.asking import Question, amount_trouble, hours_from, start_trouble, workdays_from
from zhitong.domain.calendars.rules.entering import LONGEST_NAME, LONGEST_SOURCE, YEARS_AHEAD
from zhitong.domain.calendars.rules.reading import Unreadable, read_notice
from zhitong.kit.clock import SHANGHAI
from zhitong.web.shell.components import Text
from zhitong.web.shell.forms import PlainForm, half_width

WORKS = {"rest": False, "work": True, "above": None}
LONGEST_NOTICE = 4000
BREADTH = {"class": "form-control zt-short"}


class DayField(forms.DateField):
    """A day, typed or picked."""

    widget = forms.DateInput(attrs={"type": "date", **BREADTH}, format="%Y-%m-%d")


class HourField(forms.TimeField):
    """An hour of the day, typed or picked."""

    widget = forms.TimeInput(attrs={"type": "time", **BREADTH}, format="%H:%M")
    default_error_messages = {"invalid": _("请填写时间，例如 8:30。")}


class HoursForm(PlainForm):
    """Own office hours from a day on."""

    since = DayField(label=_("从哪天起"), help_text=_("明天或以后；在此以前的日子不受影响。"))
    follow = forms.BooleanField(label=_("不再自定，按上级的时间"), required=False)
    opens_at = HourField(label=_("上午上班"), required=False)
    closes_at = HourField(label=_("上午下班"), required=False, help_text=_("中午不休息的，这里写全天下班时间，下午两栏不填。"))
    opens_again_at = HourField(label=_("下午上班"), required=False)
    closes_again_at = HourField(label=_("下午下班"), required=False)
    source = forms.CharField(
        label=_("依据"), max_length=LONGEST_SOURCE, help_text=_("例如：县政府办关于调整夏季作息时间的通知。")
    )

    def clean(self) -> dict[str, Any]:
        """Either hours in pairs, or those of the level above."""
        given = super().clean() or self.cleaned_data
        pairs = [(given.get("opens_at"), given.get("closes_at")), (given.get("opens_again_at"), given.get("closes_again_at"))]
        if given.get("follow"):
            given["sessions"] = ()
        elif any((opens is None) != (closes is None) for opens, closes in pairs) or pairs[0][0] is None:
            self.add_error("opens_at", _("请把上班和下班时间成对填写；只上半天或中午不休息的，填上午两栏即可。"))
        else:
            given["sessions"] = tuple(pair for pair in pairs if pair[0] is not None)
        return given

    @property
    def values(self) -> dict[str, Any]:
        """What the act is given."""
        sessions: Sessions = self.cleaned_data["sessions"]
        return {"since": self.cleaned_data["since"], "sessions": sessions, "source": self.cleaned_data["source"]}


class DayForm(PlainForm):
    """A day of one's own."""

    on = DayField(label=_("哪一天"), help_text=_("明天或以后。"))
    works = forms.ChoiceField(
        label=_("这一天"), widget=forms.RadioSelect,
        choices=[("rest", _("放假（不计入时限）")), ("work", _("上班（计入时限）")), ("above", _("恢复按上级的安排"))],
    )
    name = forms.CharField(label=_("事由"), max_length=LONGEST_NAME, help_text=_("例如：庙会、台风停工、调休上班。会印在日历上。"))

    @property
    def values(self) -> dict[str, Any]:
        """What the act is given."""
        return {"on": self.cleaned_data["on"], "works": WORKS[self.cleaned_data["works"]], "name": self.cleaned_data["name"]}


class YearForm(PlainForm):
    """The State Council's notice of a year."""

    year = forms.TypedChoiceField(label=_("年份"), coerce=int, widget=forms.Select(attrs={"class": "form-select zt-short"}))
    notice = forms.CharField(
        label=_("通知正文"), max_length=LONGEST_NOTICE, widget=forms.Textarea(attrs={"rows": 9}),
        help_text=_("照抄各节日的安排，一行一个，例如：二、春节：2月4日至10日放假调休，共7天。2月2日（星期六）、2月3日（星期日）上班。"),
    )
    source = forms.CharField(label=_("文号"), max_length=LONGEST_SOURCE, help_text=_("例如：国办发明电〔2018〕15号。"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = range(today.year, today.year + YEARS_AHEAD + 1)
        self.fields["year"].choices = [(year, str(year)) for year in reversed(years)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Read the notice by the year it is for."""
        given = super().clean() or self.cleaned_data
        if "year" in given and "notice" in given:
            try:
                given["dates"] = read_notice(given["notice"], given["year"])
            except Unreadable as unreadable:
                self.add_error("notice", str(unreadable))
        return given

    @property
    def values(self) -> dict[str, Any]:
        """What the act is given."""
        return {name: self.cleaned_data[name] for name in ("year", "dates", "source")}


class SumForm(PlainForm):
    """A limit to be counted."""

    start = forms.DateTimeField(
        label=_("起算时间"), widget=forms.DateTimeInput(attrs={"type": "datetime-local", **BREADTH}, format="%Y-%m-%dT%H:%M")
    )
    amount = forms.CharField(label=_("时限"), max_length=6, widget=forms.TextInput(attrs={"inputmode": "numeric", **BREADTH}))
    unit = forms.ChoiceField(
        label=_("单位"), widget=forms.Select(attrs={"class": "form-select zt-short"}),
        choices=[("workdays", _("个工作日")), ("hours", _("个工作小时"))],
    )

    def clean(self) -> dict[str, Any]:
        """Make a question of what was typed."""
        given = super().clean() or self.cleaned_data
        is_days = given.get("unit") == "workdays"
        text, start = half_width(given.get("amount", "")), given.get("start")
        if start:
            self._say("start", start_trouble(start.astimezone(SHANGHAI)))
        if text:
            self._say("amount", amount_trouble(text, LimitUnit.WORKDAYS if is_days else LimitUnit.MINUTES))
        if start and not self.errors:
            given["question"] = (workdays_from if is_days else hours_from)(start, int(text))
        return given

    @property
    def question(self) -> Question | None:
        """The limit that was asked about; None when it cannot be counted."""
        return self.cleaned_data["question"] if self.is_valid() else None

    def _say(self, field: str, trouble: Text) -> None:
        if trouble:
            self.add_error(field, trouble)
