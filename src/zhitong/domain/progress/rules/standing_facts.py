"""The kinds of facts that lights and gates leave, in the words of a timeline."""

from __future__ import annotations

from zhitong.kit.choices import Word


class StandingFact(Word):
    """kind = stored word; label = what the timeline says. The thing is the target, of a gate the gate."""

    OVERRIDDEN = "standing.overridden", "上级另定灯色"
    RELEASED = "standing.override_released", "撤销另定的灯色"
    GATE_FROZEN = "gate.frozen", "节点核定"
