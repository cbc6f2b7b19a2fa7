"""What plans keep: the paper as data, the values in force, how they were divided and changed, and the timetable."""

from zhitong.domain.plans.models.amendment import AmendedItem, Amendment
from zhitong.domain.plans.models.division import Division, Share, Weight, WeightSet
from zhitong.domain.plans.models.lights import LightStandard
from zhitong.domain.plans.models.plan import Gate, Indicator, IndicatorLink, Plan, Task, TaskUnit
from zhitong.domain.plans.models.target import Curve, Target, TargetTerm
from zhitong.domain.plans.models.timetable import Milestone, MilestoneLink, Postponement

__all__ = [
    "AmendedItem", "Amendment", "Curve", "Division", "Gate", "Indicator", "IndicatorLink", "LightStandard", "Milestone", "MilestoneLink",
    "Plan", "Postponement", "Share", "Target", "TargetTerm", "Task", "TaskUnit", "Weight", "WeightSet",
]
