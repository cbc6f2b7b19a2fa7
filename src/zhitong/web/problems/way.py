"""How an act is done at the screen: its form, the step it fills, and the words around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from zhitong.domain.problems.actions.running import Step
from zhitong.domain.problems.rules.standing import Standing
from zhitong.kit.choices import Word
from zhitong.web.problems.fields import ActForm
from zhitong.web.shell.components import Text


class Group(Word):
    """Under which head of the fold an act stands."""

    SHARING = "sharing", "分给别人"
    TIME = "time", "时间"
    LEVELS = "levels", "上下级"
    OTHER = "other", "其他"


PHASES = {
    "sharing": Group.SHARING, "parts": Group.SHARING, "requesting": Group.TIME, "deciding": Group.TIME,
    "resuming": Group.TIME, "climbing": Group.LEVELS, "leading": Group.LEVELS,
}
"""The group of each phase's acts, by the module that does them; other phases stand under 其他."""

Do = Callable[[Sequence[Any]], list[Standing]]


@dataclass(frozen=True)
class Way:
    """How an act is done at the screen. `done` is said afterwards; `plain` is the button's word for the served;
    `one_tap` acts have a button of their own on the problem's page and no form; `group` is given where the act folds
    under another head than its phase."""

    form: type[ActForm]
    step: type[Step]
    do: Do
    done: Text
    icon: str = ""
    plain: Text = ""
    one_tap: bool = False
    group: Group | None = None

    @property
    def folded_under(self) -> Group:
        """The head under which the act stands when it is not at hand."""
        return self.group or PHASES.get(self.step.__module__.rpartition(".")[2], Group.OTHER)
