"""What can be seen of plans: the paper (`paper`), and the values in force with their curves (`targets`)."""

from zhitong.domain.plans.queries.paper import ClauseView as ClauseView
from zhitong.domain.plans.queries.paper import GateView as GateView
from zhitong.domain.plans.queries.paper import PlanView as PlanView
from zhitong.domain.plans.queries.paper import TargetView as TargetView
from zhitong.domain.plans.queries.paper import TaskView as TaskView
from zhitong.domain.plans.queries.paper import UnitInTask as UnitInTask
from zhitong.domain.plans.queries.paper import gates_of as gates_of
from zhitong.domain.plans.queries.paper import local_tasks_under as local_tasks_under
from zhitong.domain.plans.queries.paper import objectives_of as objectives_of
from zhitong.domain.plans.queries.paper import plan_of as plan_of
from zhitong.domain.plans.queries.paper import plans_seen as plans_seen
from zhitong.domain.plans.queries.paper import task_numbered as task_numbered
from zhitong.domain.plans.queries.paper import task_seen as task_seen
from zhitong.domain.plans.queries.paper import tasks_named as tasks_named
from zhitong.domain.plans.queries.paper import tasks_of as tasks_of
from zhitong.domain.plans.queries.paper import tasks_of_unit as tasks_of_unit
