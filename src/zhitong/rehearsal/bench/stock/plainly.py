"""Stories told plainly: a stock needs many problems of few rows each, in words as long as people write them."""

from __future__ import annotations

import random
from dataclasses import replace

from zhitong.domain.problems.rules.kinds import State
from zhitong.rehearsal.chance import chance
from zhitong.rehearsal.story.casting import Turn
from zhitong.rehearsal.story.fates import Fate
from zhitong.rehearsal.story.texts import Texts

LONGEST, SHORTEST = 120, 60
"""Signs of a text."""
FATES = (
    (80, Fate(replies=False)), (6, Fate(hold=State.DISPATCHED)),
    (6, Fate(replies=False, hold=State.HANDLING)), (3, Fate(replies=False, hold=State.ANSWERED)), (5, Fate(levels=1, replies=False)),
)
"""How often each is drawn: most are solved where they arise without a word in between, some one level up, the rest stands open."""


def plainly(turn: Turn) -> Turn:
    """The same matter with a plain fate."""
    draw = chance("plainly", turn.speaker.id.hex[-12:], turn.at)
    return replace(turn, fate=draw.choices([fate for _weight, fate in FATES], [weight for weight, _fate in FATES])[0])


class Wordy(Texts):
    """Says two matters of a category in one breath."""

    def problem(self, category: str, draw: random.Random) -> str:
        """What the firm writes, of SHORTEST to LONGEST signs."""
        said = super().problem(category, draw)
        while len(said) < SHORTEST:
            said = super().problem(category, draw).removesuffix(self._mark) + said
        return said[-LONGEST:]
