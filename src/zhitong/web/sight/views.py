"""Who can see a case or one of the served, and why; what a person can do, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.queries.granted import Granted, rights_of
from zhitong.domain.organisations.queries.staffing import administers, tenures_held
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.rules.staffing import keeper_trouble
from zhitong.domain.organisations.scope import Viewer, acting_as, require
from zhitong.domain.problems.queries import lists as problem_lists
from zhitong.domain.problems.queries.sight import who_sees
from zhitong.domain.problems.rules.lenses import Lens
from zhitong.domain.problems.rules.lenses import lenses_of as problem_lenses
from zhitong.domain.subjects.queries import lists as subject_lists
from zhitong.domain.subjects.queries.sight import code_traced, subject_coded, who_sees_subject
from zhitong.domain.subjects.rules.lenses import lenses_of as subject_lenses
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.forms import PlainForm, wanted_of


class Asked(PlainForm):
    """Which case, or which of the served."""

    q = forms.CharField(
        label=gettext_lazy("问题编号，或服务对象的统一社会信用代码"), required=False, max_length=60,
        widget=forms.TextInput(attrs={"type": "search"}), help_text=gettext_lazy("问题编号写在问题页面上方和材料里；信用代码18位。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].conditional = True  # type: ignore[attr-defined]


@require_GET
def ask(request: HttpRequest) -> HttpResponse:
    """Ask by number or code; found, on to its page.

    Raises NotYours: the post may not ask.
    """
    require(request.viewer, Permission.TRACE)
    form = Asked(request.GET)
    words = wanted_of(form).get("q", "").strip()
    if words:
        try:
            traced, _units = who_sees(request.viewer, words, now=clock.now())
            return redirect("sight:problem", traced.number)
        except NotFound:
            pass
        try:
            return redirect("sight:subject", subject_coded(request.viewer, words))
        except NotFound:
            pass
    return render(request, "sight/ask.html", {"form": form, "words": words}, status=404 if words else 200)


@require_GET
def problem(request: HttpRequest, number: str) -> HttpResponse:
    """Every post that sees a problem, with the clause. Raises NotYours, NotFound: see `who_sees`."""
    traced, units = who_sees(request.viewer, number, now=clock.now())
    told = [(one, _problem_words(one)) for one in units]
    kept = _("企业要求保密") if traced.confidential else _("不保密")
    return _seeing(request, traced.number, told, f"{traced.state.label} · {kept}")


@require_GET
def subject(request: HttpRequest, subject_id: UUID) -> HttpResponse:
    """Every post that sees one of the served. Raises NotYours, NotFound: see `who_sees_subject`."""
    units = who_sees_subject(request.viewer, subject_id, now=clock.now())
    told = [(one, "、".join(clause.label for clause in one.clauses)) for one in units]
    return _seeing(request, _("服务对象 %s") % code_traced(subject_id), told, "")


@dataclass(frozen=True)
class Line:
    """A post somebody acts from, with the reason in words and how much he sees from it."""

    granted: Granted
    why: str
    problems: int | None
    subjects: int | None
    unit_url: str
    tenure_id: UUID | None
    """What is moved or ended; None where he only stands in, or the viewer does not administer the post."""


@require_GET
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What a person can do from each of his posts, and why. Raises NotFound: see `rights_of`."""
    viewer, today = request.viewer, clock.today()
    name, rights = rights_of(viewer, person_id, today)
    tenures = {
        one.post_id: one.id for one in tenures_held(viewer, person_id, today)
        if not keeper_trouble(one.kind, is_own_region=one.unit.region_id == viewer.region_id)
    }
    lines = [_line(one, tenures.get(one.held.post_id), viewer) for one in rights]
    return render(request, "sight/person.html", {
        "name": name, "lines": lines, "crumbs": [*_way(viewer, person_id, lines), Crumb(name)], "person_id": person_id,
    })


def _way(viewer: Viewer, person_id: UUID, lines: list[Line]) -> list[Crumb]:
    """Where one comes from: his unit for who administers it, the page that asks for who audits, one's account."""
    if viewer.may(Permission.ADMINISTER):
        here = next((one for one in lines if one.unit_url), None)
        unit = [Crumb(here.granted.held.unit_name, here.unit_url)] if here else []
        return [Crumb(_("单位与人员"), reverse("staffing:list")), *unit]
    if person_id != viewer.person_id and viewer.may(Permission.TRACE):
        return [Crumb(_("谁能看到"), reverse("sight:ask"))]
    return [Crumb(_("我的账号"), reverse("accounts:mine"))]


def _line(one: Granted, tenure_id: UUID | None, viewer: Viewer) -> Line:
    """Counted as that person, by the same lists; nothing of them is shown."""
    unit = directory().units.get(one.held.viewer.unit_id)
    unit_url = reverse("staffing:unit", args=[unit.code]) if unit and administers(viewer, unit.region_id) else ""
    theirs = one.held.viewer
    with acting_as(theirs):
        sees_problems = Lens.ALL in problem_lenses(theirs) or Lens.MINE in problem_lenses(theirs)
        lens = problem_lenses(theirs)[-1]
        problems = problem_lists.count_for(theirs, lens, problem_lists.Filters(), now=clock.now()) if sees_problems else None
        lenses = subject_lenses(theirs.unit_kind, theirs.reach)
        subjects = subject_lists.count_for(theirs, lenses[0]) if lenses else None
    why = _("代%s办理") % one.for_name if one.for_name else _("任职")
    return Line(one, why, problems, subjects, unit_url, tenure_id if not one.for_name else None)


def _problem_words(one: object) -> str:
    role = f"（{one.role.label}）" if one.role else ""  # type: ignore[attr-defined]
    return "、".join(clause.label for clause in one.clauses) + role  # type: ignore[attr-defined]


def _seeing(request: HttpRequest, title: str, told: list[tuple[Any, str]], standing: str) -> HttpResponse:
    here, viewer = directory(), request.viewer
    keeps = set(here.within(viewer.region_id)) if viewer.is_apart else set()
    opened = {one.unit_id for one, _clauses in told if (unit := here.units.get(one.unit_id)) and unit.region_id in keeps}
    return render(request, "sight/seeing.html", {
        "title": title, "told": [(one, clauses, one.unit_id in opened) for one, clauses in told], "standing": standing,
        "crumbs": [Crumb(_("谁能看到"), reverse("sight:ask")), Crumb(title)],
    })
