"""The desk of papers: cut-off and territory chosen once on top, every paper below it one click away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from zhitong.domain.bulletins.queries.ledgers.territory import is_offered
from zhitong.domain.bulletins.queries.making import entries_for
from zhitong.domain.bulletins.rules.catalogue import About, Entry, Format, PaperKind, Rhythm
from zhitong.domain.bulletins.rules.cutting_off import CutOff, cut_off_of, judge_cut_off
from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit import clock
from zhitong.kit.choices import choices_of
from zhitong.kit.official.wording import moment_on_paper
from zhitong.kit.refusals import BadInput
from zhitong.web.bulletins.making import Lately, lately_made, word_in
from zhitong.web.progress.choosing import regions_offered
from zhitong.web.shell.components import Text
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.navigation import address_of
from zhitong.web.shell.words import moment_in_words

SECOND = "%Y-%m-%dT%H:%M:%S"
SAYS = {
    PaperKind.OWING: gettext_lazy("几件没办、谁的、找谁、超了几天，一张表"),
    PaperKind.UNSIGNED: gettext_lazy("过了签收时限还没签收的，每件超出几小时，责任人和电话"),
    PaperKind.LEDGER: gettext_lazy("A3横向，十七栏，每件一行"),
    PaperKind.MEETING: gettext_lazy("上次会议决定事项、议程和总体情况，超期问题一件一页"),
    PaperKind.SUMMONS: gettext_lazy("最近一次会议的时间、地点、议题和要求"),
    PaperKind.MINUTES: gettext_lazy("最近一次会议的情况和议定事项"),
    PaperKind.DECISIONS: gettext_lazy("最近一次会议的决定事项和落实情况，每项一行"),
    PaperKind.COLLECTION: gettext_lazy("各地各乡镇应报、已报、采集率，未报的逐户列名"),
    PaperKind.PROGRESS: gettext_lazy("各类平台、民心工程的目标、完成、亮灯、有无照片"),
    PaperKind.CIRCULAR: gettext_lazy("各地情况和排名附件，数字绑定截止时间"),
    PaperKind.BRIEF: gettext_lazy("本期要情、进展、典型"),
    PaperKind.INSTRUCTIONS: gettext_lazy("领导批示的每一件怎样办了"),
    PaperKind.ORDER: gettext_lazy("带二维码和签收栏；一天的可以一次出齐"),
}


class DeskForm(PlainForm):
    """The territory and the cut-off of all that is made from this page."""

    region = forms.ChoiceField(label=gettext_lazy("地区"), required=False)
    when = forms.ChoiceField(label=gettext_lazy("统计截止时间"), required=False, choices=choices_of(CutOff))
    at = forms.DateTimeField(
        label=gettext_lazy("自选时间"), required=False,
        widget=forms.DateTimeInput(format=SECOND, attrs={"type": "datetime-local", "step": "1"}),
    )

    def __init__(self, query: QueryDict, viewer: Viewer, now: datetime) -> None:
        super().__init__(query)
        self.now = now
        if is_offered(viewer):
            self.fields["region"].choices = regions_offered(viewer)  # type: ignore[attr-defined]
        else:
            del self.fields["region"]

    @property
    def chosen(self) -> CutOff:
        """Which cut-off was chosen; a time typed without one is one's own."""
        said = self.cleaned_data.get("when")
        return CutOff(said) if said else CutOff.OWN if self.cleaned_data.get("at") else CutOff.NOW

    def clean(self) -> dict[str, Any]:
        """A time of one's own where that was chosen, within the campaign and not ahead."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return said
        if self.chosen is CutOff.OWN and said.get("at") is None:
            self.add_error("at", _("请填写截止时间。"))
            return said
        campaign = campaign_in_force()
        try:
            judge_cut_off(self.moment(), self.now, campaign.year if campaign else None)
        except BadInput as refused:
            self.add_error("at" if self.chosen is CutOff.OWN else "when", refused.sentence)
        return said

    def moment(self) -> datetime:
        """The cut-off that was chosen; now while what was typed has a fault."""
        chosen = CutOff.NOW if self.errors else self.chosen
        return cut_off_of(chosen, self.now, self.cleaned_data.get("at"))


@dataclass(frozen=True)
class Button:
    """One file: the word on its button and where it is."""

    label: Text
    url: str
    form: str


@dataclass(frozen=True)
class Line:
    """A paper with its files; `asks` is what number it wants first, where it tells of one matter.

    An order without a number is all orders of the day: `needs_about` is False.
    """

    kind: PaperKind
    says: Text
    buttons: Sequence[Button]
    asks: Text = ""
    needs_about: bool = True


@dataclass(frozen=True)
class MadeLine:
    """A paper made lately, to be made again for the same moment."""

    label: str
    cut_off: str
    made_at: str
    url: str


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """Every paper that the viewer may have made.

    Raises NotFound: the viewer is no official.
    """
    entries = entries_for(request.viewer)
    form = DeskForm(request.GET, request.viewer, clock.now())
    form.is_valid()
    asked = {"about": form.cleaned_data.get("region", "")}
    if not form.errors and form.chosen is not CutOff.NOW:
        asked["at"] = form.moment().astimezone(clock.SHANGHAI).strftime(SECOND)
    lines = [(one.rhythm, _line(one, asked)) for one in entries if not _is_of_a_matter(one)]
    context = {
        "form": form, "cut_off": moment_on_paper(form.moment()), "at": asked.get("at", ""), "groups": _groups(lines),
        "first": next((line for _rhythm, line in lines if line.kind is PaperKind.OWING), None),
        "lately": [_made(one, kind) for one in lately_made(request) if (kind := word_in(PaperKind, one.kind))],
        "of_a_matter": _("、").join(one.kind.label for one in entries if _is_of_a_matter(one)),
        "editions_url": address_of("bulletins:editions"),
        "owing_url": f"{reverse('bulletins:owing')}?{urlencode({'region': asked['about'], 'at': asked.get('at', '')})}",
    }
    return render(request, "bulletins/desk.html", context, status=422 if form.errors else 200)


def _groups(lines: Sequence[tuple[Rhythm, Line]]) -> list[tuple[str, list[Line]]]:
    """The papers by rhythm, but for the one sheet that stands above them."""
    rest = [(rhythm, line) for rhythm, line in lines if line.kind is not PaperKind.OWING]
    found = ((one.label, [line for rhythm, line in rest if rhythm is one]) for one in Rhythm)
    return [(label, own) for label, own in found if own]


def _is_of_a_matter(entry: Entry) -> bool:
    """Whether a paper tells of one problem, by whose number all of them are found together; orders come by the day, too."""
    return entry.about is About.PROBLEM and entry.kind is not PaperKind.ORDER


def _line(entry: Entry, asked: dict[str, str]) -> Line:
    asks = {About.PROBLEM: _("问题编号"), About.SUPERVISION: _("督办单编号")}.get(entry.about, "")
    buttons = [Button(form.label, _address(entry.kind.value, format=form.value, **asked), form.value) for form in entry.formats]
    is_of_a_day = entry.kind is PaperKind.ORDER
    asks = _("问题编号；不填为当天全部") if is_of_a_day else asks
    return Line(entry.kind, SAYS.get(entry.kind, ""), buttons, asks, not is_of_a_day)


def _address(kind: str, **asked: str) -> str:
    """Where a paper is made; what is empty is not asked."""
    query = urlencode({"kind": kind, **{name: value for name, value in asked.items() if value}})
    return f"{reverse('bulletins:make')}?{query}"


def _made(paper: Lately, kind: PaperKind) -> MadeLine:
    form = word_in(Format, paper.form)
    at = datetime.fromisoformat(paper.at)
    region = directory().region_coded(paper.about)
    place = region.name if region else "" if kind is PaperKind.INSTRUCTIONS else paper.about
    said = at.astimezone(clock.SHANGHAI).strftime(SECOND)
    return MadeLine(
        f"{place}{kind.label}" + (f"（{form.label}）" if form else ""), moment_on_paper(at),
        moment_in_words(datetime.fromisoformat(paper.made_at)), _address(paper.kind, about=paper.about, at=said, format=paper.form),
    )
