"""Five in place: what the units of a territory say of themselves beside what was found, and the two forms."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.inspections.actions.planning import LONGEST_WORDS
from zhitong.domain.inspections.actions.readiness import Judged, say_in_place, see_in_place
from zhitong.domain.inspections.queries.inspections import inspection_seen
from zhitong.domain.inspections.queries.readiness import ThingView, readiness_for, readiness_of
from zhitong.domain.inspections.queries.sight import officials_only
from zhitong.domain.inspections.rules.kinds import Grade, Readiness
from zhitong.domain.inspections.rules.way import InspectionAct
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import require
from zhitong.kit import clock
from zhitong.kit.choices import choices_of
from zhitong.kit.refusals import NotFound
from zhitong.web.inspections.plans import tabs
from zhitong.web.problems.fields import ProseField
from zhitong.web.shell.components import Crumb, Empty, Light, Tone
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, new_key
from zhitong.web.visits.asking import tried

_TONES = {Grade.IN_PLACE: Tone.GOOD, Grade.PARTLY: Tone.WARN, Grade.NOT: Tone.BAD}
SHOWN = 50


class InPlaceForm(PlainForm):
    """A grade and its evidence for each of the five."""

    def __init__(self, *args: Any, before: dict[Readiness, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for thing in Readiness:
            grade, words = before.get(thing, ("", ""))
            self.add(thing.value, forms.ChoiceField(
                label=thing.label, choices=choices_of(Grade), widget=forms.RadioSelect, initial=grade, required=False
            ))
            self.add(f"{thing.value}_words", ProseField(
                _("“%s”的依据") % thing.label, _("文件、人员、资金或现场情况"), rows=2, required=False,
                max_length=LONGEST_WORDS, initial=words,
            ))

    def judged(self) -> dict[Readiness, Judged]:
        """What the act takes: those that were graded."""
        said = self.cleaned_data
        return {
            thing: Judged(Grade(said[thing.value]), said[f"{thing.value}_words"]) for thing in Readiness if said[thing.value]
        }


def light_of(grade: Grade | None) -> Light | None:
    """A grade as a shape and a word; nothing where nothing was said."""
    return Light(_TONES[grade], grade.label) if grade else None


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """The five things, unit by unit, by pages of SHOWN.

    Raises NotFound: one of the served.
    """
    viewer = request.viewer
    officials_only(viewer)
    after = request.GET.get("after", "")
    units = readiness_for(viewer, _campaign(), after=after, limit=SHOWN + 1)
    here = directory()
    shown = [
        (one, [(thing, light_of(thing.said), light_of(thing.found)) for thing in one.things]) for one in units[:SHOWN]
    ]
    last = here.units.get(units[SHOWN - 1].unit_id) if len(units) > SHOWN else None
    return render(request, "inspections/in_place.html", {
        "tabs": tabs("in_place"), "things": [one.label for one in Readiness], "units": shown,
        "next_url": f"?after={last.code}" if last else "", "may_say": viewer.may(Permission.HANDLE),
        "nothing": Empty(_("还没有自查"), _("各单位自查五到位、督查查看之后，会逐单位排在这里。"), icon="list-check"),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """A unit says how far the five things are in place.

    Raises NotYours: the post does no such work. Raises NotFound: one of the served, or no campaign is in force.
    """
    viewer = request.viewer
    officials_only(viewer)
    require(viewer, Permission.HANDLE)
    campaign = _campaign()
    before = {one.thing: _said(one) for one in readiness_of(viewer, viewer.unit_id, campaign).things}
    consequence = _("上级和督查室能看到；督查看到的会并排列出，不改动自查。")
    return _asked(request, before, _("自查五到位"), consequence, reverse("inspections:in_place"),
                  lambda judged: say_in_place(viewer, campaign, judged, actor=viewer.actor("web"), now=clock.now()))


@require_http_methods(["GET", "HEAD", "POST"])
def seen(request: HttpRequest, inspection_id: UUID, unit_code: str) -> HttpResponse:
    """An inspection says what it found of the five things at one unit.

    Raises NotFound: no such inspection for this viewer, not his to say, or not one of its units.
    """
    viewer = request.viewer
    officials_only(viewer)
    found = inspection_seen(viewer, inspection_id, now=clock.now())
    unit = next((one for one in found.units if one.code == unit_code), None)
    if unit is None or InspectionAct.FIND not in found.acts:
        raise NotFound
    before = {one.thing: _found(one) for one in readiness_of(viewer, unit.id, _campaign()).things}
    consequence = _("与该单位自查的并排列出；不一致的会标明。")
    return _asked(request, before, _("看五到位：%s") % unit.name, consequence, reverse("inspections:page", args=[inspection_id]),
                  lambda judged: see_in_place(
                      viewer, inspection_id, unit.id, judged, actor=viewer.actor("web"), now=clock.now()))


def _asked(
    request: HttpRequest, before: dict[Readiness, tuple[str, str]], title: str, consequence: str, back: str, does: Any
) -> HttpResponse:
    form = InPlaceForm(request.POST if request.method == "POST" else None, before=before)
    refusal, status = "", 422 if form.is_bound else 200
    if form.is_valid():
        is_done, _made, refusal, status = tried(request, form, lambda: does(form.judged()))
        if is_done:
            messages.success(request, _("已保存。"))
            return redirect(back)
    return render(request, "roadmap/form.html", {
        "form": form, "title": title, "button": _("保存"), "consequence": consequence, "back_url": back, "refusal": refusal,
        "crumbs": [Crumb(_("五到位"), reverse("inspections:in_place")), Crumb(title)],
        "once_key": new_key() if refusal else key_of(request),
    }, status=status)  # fmt: skip


def _said(one: ThingView) -> tuple[str, str]:
    return (one.said.value if one.said else "", one.said_words)


def _found(one: ThingView) -> tuple[str, str]:
    return (one.found.value if one.found else "", one.found_words)


def _campaign() -> str:
    campaign = campaign_in_force()
    if campaign is None:
        raise NotFound
    return campaign.code
