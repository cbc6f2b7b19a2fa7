"""How asking for time, deciding on it and going on are tried. Pure but for the acts it names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from zhitong.domain.problems.actions import deciding, requesting, resuming
from zhitong.domain.problems.rules.kinds import PauseReason
from zhitong.domain.problems.rules.way import Act
from zhitong.rehearsal.storm.trying import Chance, Try, said


def _more_time(chance: Chance) -> dict[str, Any]:
    return {"workdays": chance.random.choice((0, 1, 3, 10, 30, 31)), "reason": chance.words()}


def _until(chance: Chance) -> dict[str, Any]:
    days = chance.random.choice((-1, 0, 1, 2, 5, 40, 400))
    return {"until": chance.today + timedelta(days=days), "reason": chance.words()}


def _stopping(chance: Chance) -> dict[str, Any]:
    return {**_until(chance), "pause_reason": chance.random.choice(list(PauseReason))}


def _taking_back(chance: Chance) -> dict[str, Any]:
    return {"reason": chance.words(), "urged": chance.maybe(chance.words()) or ""}


TIMING: Mapping[Act, Try] = {
    Act.ASK_EXTENSION: Try(requesting.ask_extension, requesting.AskExtension, _more_time),
    Act.ASK_PAUSE: Try(requesting.ask_pause, requesting.AskPause, _stopping),
    Act.ASK_PARK: Try(requesting.ask_park, requesting.AskPark, _until),
    Act.ASK_WITHDRAWAL: Try(requesting.ask_withdrawal, requesting.AskWithdrawal, _taking_back),
    Act.GRANT_EXTENSION: Try(deciding.grant_extension, deciding.Grant, said("words")),
    Act.GRANT_PAUSE: Try(deciding.grant_pause, deciding.Grant, said("words")),
    Act.GRANT_PARK: Try(deciding.grant_park, deciding.Grant, said("words")),
    Act.GRANT_WITHDRAWAL: Try(deciding.grant_withdrawal, deciding.Grant, said("words")),
    Act.REFUSE_REQUEST: Try(deciding.refuse_request, deciding.Refuse, said("words")),
    Act.RESUME: Try(resuming.resume, resuming.Resume, said("text")),
}
