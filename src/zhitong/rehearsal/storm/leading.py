"""How leading from above is tried."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zhitong.domain.problems.actions import climbing, leading
from zhitong.domain.problems.rules.way import Act
from zhitong.rehearsal.storm.trying import Chance, Try, said


def _coordinating(chance: Chance) -> dict[str, Any]:
    shares = tuple(
        leading.Share(chance.unit(), chance.words(), chance.maybe(5)) for _ in range(chance.random.randint(0, 2))
    )
    return {"held_on": chance.today, "chaired_by": "演示主任", "decided": chance.words(), "shares": shares}


TRIES: Mapping[Act, Try] = {
    Act.ADVISE: Try(leading.advise, climbing.Rule, said("reason")),
    Act.COORDINATE: Try(leading.coordinate, leading.Coordinate, _coordinating),
    Act.TAKE_OVER: Try(leading.take_over, leading.TakeOver, said("reason")),
    Act.LOOK_IN: Try(leading.look_in, leading.LookIn, said("words")),
    Act.ANSWER_LOOK_IN: Try(leading.answer_look_in, leading.AnswerLookIn, said("text")),
    Act.REOPEN: Try(leading.reopen, leading.Reopen, said("new_facts")),
}
