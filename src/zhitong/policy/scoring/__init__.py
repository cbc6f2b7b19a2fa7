"""A plan held against a reading made by hand: what was found, missed and made up, part by part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zhitong.policy.scoring.counting import Part, Score
from zhitong.policy.scoring.figures import figures_parts
from zhitong.policy.scoring.frames import frame_parts

__all__ = ["Part", "Score", "score"]


def score(plan_json: Mapping[str, Any], gold_json: Mapping[str, Any]) -> Score:
    """The parts of a plan as `zhitong policy compile --json` prints it, against a reading of the shape of gold/province.json.

    What the hand-made reading marks optional counts neither way; its `*_accept` and `kind_alt` are as good as its own values.
    """
    return Score((*frame_parts(plan_json, gold_json), *figures_parts(plan_json, gold_json)))
