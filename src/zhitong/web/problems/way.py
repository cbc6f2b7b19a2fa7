"""How an act is done at the screen: its form, the step it fills, and the words around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from zhitong.domain.problems.actions.running import Step
from zhitong.domain.problems.rules.standing import Standing
from zhitong.web.problems.fields import ActForm
from zhitong.web.shell.components import Text

Do = Callable[[Sequence[Any]], list[Standing]]


@dataclass(frozen=True)
class Way:
    """How an act is done at the screen. `done` is said afterwards; `plain` is the button's word for the served;
    `one_tap` acts have a button of their own on the problem's page and no form."""

    form: type[ActForm]
    step: type[Step]
    do: Do
    done: Text
    icon: str = ""
    plain: Text = ""
    one_tap: bool = False
