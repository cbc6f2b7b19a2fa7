"""How sorting and objecting are tried."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zhitong.domain.problems.actions import sorting
from zhitong.domain.problems.models import Problem
from zhitong.domain.problems.rules.kinds import Nature, Urgency
from zhitong.domain.problems.rules.way import Act
from zhitong.rehearsal.storm.trying import Chance, Try, said

CATEGORIES = ("energy", "funds", "land", "other", "no_such_category")


def _correcting(chance: Chance) -> dict[str, Any]:
    return {
        "nature": chance.random.choice(list(Nature)), "category": chance.random.choice(CATEGORIES),
        "urgency": chance.random.choice(list(Urgency)), "reason": chance.words(),
    }


def _merging(chance: Chance) -> dict[str, Any]:
    chosen = chance.random.choice(chance.problems)
    return {"into": Problem.objects.filter(id=chosen).values_list("number", flat=True).first() or "", "reason": chance.words()}


def _splitting(chance: Chance) -> dict[str, Any]:
    parts = tuple(
        sorting.Part(chance.random.choice(CATEGORIES[:-1]), chance.words()) for _ in range(chance.random.randint(0, 3))
    )
    return {"remains": chance.words(), "parts": parts}


TRIES: Mapping[Act, Try] = {
    Act.CORRECT: Try(sorting.correct, sorting.Correct, _correcting),
    Act.MERGE: Try(sorting.merge, sorting.Merge, _merging),
    Act.SPLIT: Try(sorting.split, sorting.Split, _splitting),
    Act.OBJECT: Try(sorting.object_to_decline, sorting.Object, said("words")),
    Act.OVERRULE: Try(sorting.overrule, sorting.Judge, said("reason")),
    Act.UPHOLD_DECLINE: Try(sorting.uphold_decline, sorting.Judge, said("reason")),
}
