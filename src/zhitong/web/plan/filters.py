"""Narrowing the tasks of a plan: by a unit and its role, by kind, by words; and whose progress is shown, as of when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory, RegionEntry
from zhitong.domain.plans.queries import TaskView
from zhitong.domain.plans.rules import Light, Role, TaskKind
from zhitong.kit.choices import choices_of
from zhitong.web.progress.saying import until_in_words
from zhitong.web.shell.forms import PlainForm, wanted_of


class TaskFilters(PlainForm):
    """What a plan is narrowed to. The units offered are those of the plan, with how many tasks each leads."""

    unit = forms.ChoiceField(label=_("单位"), required=False)
    role = forms.ChoiceField(label=_("身份"), required=False, choices=[("", _("不限")), *choices_of(Role)])
    kind = forms.ChoiceField(label=_("类别"), required=False, choices=[("", _("全部")), *choices_of(TaskKind)])
    q = forms.CharField(label=_("关键词"), required=False, max_length=40)

    def __init__(self, *args: Any, tasks: Sequence[TaskView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("全部单位")), *_units_of(tasks)]  # type: ignore[attr-defined]
        kinds = {task.kind.value for task in tasks}
        offered = [one for one in self.fields["kind"].choices if not one[0] or one[0] in kinds]  # type: ignore[attr-defined]
        self.fields["kind"].choices = offered  # type: ignore[attr-defined]


class WatchFilters(TaskFilters):
    """What the plan watched is narrowed to: a light, a line of work; and which region's progress, up to which day."""

    light = forms.ChoiceField(label=_("灯"), required=False, choices=[("", _("全部")), *choices_of(Light)])
    line = forms.ChoiceField(label=_("条线"), required=False)
    region = forms.ChoiceField(label=_("看哪里"), required=False)
    period = forms.ChoiceField(label=_("看到哪一期"), required=False)
    field_order = ("region", "period", "light", "unit", "role", "line", "kind", "q")

    def __init__(self, *args: Any, regions: Sequence[RegionEntry], days: Sequence[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = directory()
        leading = lines_leading(kwargs["tasks"], here)
        lines = [(one.code, one.name) for one in here.lines.values() if one.code in leading]
        self.fields["line"].choices = [("", _("全部条线")), *lines]  # type: ignore[attr-defined]
        self.fields["region"].choices = [(one.code, one.name) for one in regions]  # type: ignore[attr-defined]
        periods = [(day.isoformat(), until_in_words(day)) for day in days]
        self.fields["period"].choices = [("", _("最新一期")), *periods]  # type: ignore[attr-defined]


def lines_leading(tasks: Sequence[TaskView], here: Directory) -> dict[str, set[str]]:
    """The lines of work kept by who leads the tasks: by the line's code the numbers of its tasks."""
    found: dict[str, set[str]] = {}
    for task in tasks:
        for one in task.units:
            unit = here.units.get(one.unit_id) if one.unit_id and one.role is Role.LEAD else None
            for line_id in unit.line_ids if unit else ():
                found.setdefault(here.lines[line_id].code, set()).add(task.number)
    return found


def narrowed(tasks: Sequence[TaskView], form: TaskFilters) -> list[TaskView]:
    """The tasks that fit all that is asked, in the plan's order."""
    asked = wanted_of(form)
    unit, role, kind, words = (asked.get(name, "") for name in ("unit", "role", "kind", "q"))
    line = asked.get("line", "")
    of_line = lines_leading(tasks, directory()).get(line, set()) if line else set()
    return [
        task for task in tasks
        if (not kind or task.kind.value == kind) and (not words or words in f"{task.number} {task.title} {task.content}")
        and (not (unit or role) or _takes_part(task, unit, role)) and (not line or task.number in of_line)
    ]


def _takes_part(task: TaskView, unit: str, role: str) -> bool:
    return any((not unit or one.as_printed == unit) and (not role or one.role.value == role) for one in task.units)


def _units_of(tasks: Sequence[TaskView]) -> list[tuple[str, str]]:
    """Units as the paper prints them, those that lead most first; the rest in the order of the paper."""
    every = dict.fromkeys(unit.as_printed for task in tasks for unit in task.units)
    taking_part = Counter(name for task in tasks for name in {unit.as_printed for unit in task.units})
    leading = Counter(
        name for task in tasks for name in {unit.as_printed for unit in task.units if unit.role is Role.LEAD}
    )
    return [(name, _said(leading[name], taking_part[name], name)) for name in sorted(every, key=lambda n: -leading[n])]


def _said(leads: int, takes_part: int, name: str) -> str:
    parts = [f"牵头 {leads} 项"] if leads else []
    parts += [f"参与 {takes_part - leads} 项"] if takes_part > leads else []
    return f"{name}（{'，'.join(parts)}）"
