"""What is kept of tiering: standards, runs with their results, moves; diagnoses and rungs. All dated, moves never deleted."""

from zhitong.domain.tiering.models.cultivation import DiagnosisSpell, Footing, RungSpell
from zhitong.domain.tiering.models.runs import Move, Result, Run
from zhitong.domain.tiering.models.standards import Rulebook, TierStandard

__all__ = ["DiagnosisSpell", "Footing", "Move", "Result", "Rulebook", "Run", "RungSpell", "TierStandard"]
