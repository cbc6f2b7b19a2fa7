"""Sign-off within a unit: which acts may need it, how a draft stands, and who may do what with it. Pure. Source: R-B9."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from enum import Enum
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from zhitong.domain.problems.rules.way import Act
from zhitong.kit.choices import Word

COMMON = frozenset({"problem_id", "actor", "now", "signed"})
"""What every step has; the rest is what was drafted."""


class SigningFact(Enum):
    """What happens to a draft inside its unit; other units never read it."""

    label: str

    def __new__(cls, word: str, label: str = "") -> Any:
        """Keep the word as the value, the label beside it."""
        member = object.__new__(cls)
        member._value_ = word
        member.label = label
        return member

    SET = "signing.set", "设定审签"
    DRAFTED = "draft.drafted", "拟办"
    CHECKED = "draft.checked", "审核"
    RETURNED = "draft.returned", "退回修改"
    SIGNED = "draft.signed", "审签"
    WITHDRAWN = "draft.withdrawn", "撤回拟办"


class Steps(Word):
    """How many hands an act of a unit goes through."""

    NONE = "none", "经办人直接办理"
    SIGN = "sign", "拟办、审签"
    CHECK_AND_SIGN = "check_and_sign", "拟办、审核、审签"


class DraftState(Word):
    """How a draft stands."""

    DRAFTED = "drafted", "待审核"
    CHECKED = "checked", "待审签"
    RETURNED = "returned", "退回修改"
    SIGNED = "signed", "已审签"
    WITHDRAWN = "withdrawn", "已撤回"


WAITING = (DraftState.DRAFTED, DraftState.CHECKED)
OPEN = (*WAITING, DraftState.RETURNED)

SIGNABLE = (
    Act.COMPLETE, Act.REPLY, Act.PROPOSE, Act.SEND_BACK, Act.DECLINE, Act.DISPATCH, Act.ESCALATE, Act.UPHOLD, Act.END,
)
"""The acts for which a unit may set sign-off."""


def first_state(steps: Steps) -> DraftState:
    """Where a new draft waits."""
    return DraftState.DRAFTED if steps is Steps.CHECK_AND_SIGN else DraftState.CHECKED


def trouble_with(state: DraftState, drafter_id: UUID | None, checker_id: UUID | None, who: UUID | None) -> str | None:
    """Why somebody cannot check or sign a draft as it stands; None when he can."""
    if state not in WAITING:
        return f"这份拟办件现在是“{state.label}”，不能再审。请刷新页面查看最新情况。"
    if who is not None and who in (drafter_id, checker_id):
        return "拟办、审核、审签须由不同的人办理，请由其他负责人审签。"
    return None


def told_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a step as they are kept in a draft: words, dates and ids as text."""
    return {name: _as_text(value) for name, value in values.items()}


def _as_text(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (date, UUID)):
        return str(value)
    if isinstance(value, (list, tuple)):
        return [_as_text(item) for item in value]
    return value


def values_for(step: type[Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """What a step takes, from what a draft keeps. Raises ValueError: a kept value no longer fits the step."""
    hints = get_type_hints(step)
    wanted = {field.name for field in fields(step)} - COMMON
    return {name: _typed(hints[name], value) for name, value in told.items() if name in wanted}


def _typed(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(hint) in (Union, UnionType):
        hint = next(one for one in get_args(hint) if one is not type(None))
    if get_origin(hint) in (tuple, list):
        return tuple(_typed(get_args(hint)[0], item) for item in value)
    if hint is date:
        return date.fromisoformat(value)
    if isinstance(hint, type) and issubclass(hint, (Enum, UUID)):
        return hint(value)
    return value
