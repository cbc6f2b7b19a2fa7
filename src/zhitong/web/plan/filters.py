"""Narrowing the tasks of a plan: by a unit and its role, by kind, by words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhitong.domain.plans.queries import TaskView
from zhitong.domain.plans.rules import Role, TaskKind
from zhitong.kit.choices import choices_of
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


def narrowed(tasks: Sequence[TaskView], form: TaskFilters) -> list[TaskView]:
    """The tasks that fit all that is asked, in the plan's order."""
    asked = wanted_of(form)
    unit, role, kind, words = (asked.get(name, "") for name in ("unit", "role", "kind", "q"))
    return [
        task for task in tasks
        if (not kind or task.kind.value == kind) and (not words or words in f"{task.number} {task.title} {task.content}")
        and (not (unit or role) or _takes_part(task, unit, role))
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
