"""What plans are made of and what can be said of them without asking anybody. Pure.

`plan` has the words of the paper, `targets` the values to reach and the curve towards them, `dividing` a target among
regions with the arithmetic of `sharing`, `amending` a plan changed after it was issued, `timetable` its milestones,
`lights` how far is far enough.
"""

from zhitong.domain.plans.rules.amending import AmendmentState as AmendmentState
from zhitong.domain.plans.rules.amending import Changed as Changed
from zhitong.domain.plans.rules.dividing import DivisionFact as DivisionFact
from zhitong.domain.plans.rules.dividing import DivisionMethod as DivisionMethod
from zhitong.domain.plans.rules.dividing import DivisionState as DivisionState
from zhitong.domain.plans.rules.dividing import ShareState as ShareState
from zhitong.domain.plans.rules.lights import JUDGED as JUDGED
from zhitong.domain.plans.rules.lights import SET_BY_HAND as SET_BY_HAND
from zhitong.domain.plans.rules.lights import USUAL as USUAL
from zhitong.domain.plans.rules.lights import Asked as Asked
from zhitong.domain.plans.rules.lights import Came as Came
from zhitong.domain.plans.rules.lights import Judged as Judged
from zhitong.domain.plans.rules.lights import Light as Light
from zhitong.domain.plans.rules.lights import LightRule as LightRule
from zhitong.domain.plans.rules.lights import light_of as light_of
from zhitong.domain.plans.rules.plan import NUMBERED as NUMBERED
from zhitong.domain.plans.rules.plan import Aggregation as Aggregation
from zhitong.domain.plans.rules.plan import Comparator as Comparator
from zhitong.domain.plans.rules.plan import Direction as Direction
from zhitong.domain.plans.rules.plan import Frequency as Frequency
from zhitong.domain.plans.rules.plan import Goal as Goal
from zhitong.domain.plans.rules.plan import IndicatorClass as IndicatorClass
from zhitong.domain.plans.rules.plan import IndicatorKind as IndicatorKind
from zhitong.domain.plans.rules.plan import PlanKind as PlanKind
from zhitong.domain.plans.rules.plan import Relation as Relation
from zhitong.domain.plans.rules.plan import Role as Role
from zhitong.domain.plans.rules.plan import TaskKind as TaskKind
from zhitong.domain.plans.rules.plan import aggregation_of as aggregation_of
from zhitong.domain.plans.rules.plan import direction_of as direction_of
from zhitong.domain.plans.rules.plan import full_name as full_name
from zhitong.domain.plans.rules.plan import goal_in_words as goal_in_words
from zhitong.domain.plans.rules.plan import is_reached as is_reached
from zhitong.domain.plans.rules.targets import CurveShape as CurveShape
from zhitong.domain.plans.rules.targets import CurveState as CurveState
from zhitong.domain.plans.rules.targets import Stage as Stage
from zhitong.domain.plans.rules.targets import TargetForm as TargetForm
from zhitong.domain.plans.rules.targets import TermSource as TermSource
from zhitong.domain.plans.rules.timetable import MilestoneState as MilestoneState
