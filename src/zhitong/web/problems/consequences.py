"""Which act an address means, and what follows when its form is sent."""

from __future__ import annotations

from django.utils.translation import gettext as _

from zhitong.domain.organisations.queries import directory
from zhitong.domain.problems.rules.climbing import receiver_above
from zhitong.domain.problems.rules.kinds import RequestKind
from zhitong.domain.problems.rules.standing import Standing
from zhitong.domain.problems.rules.timing import decider_of
from zhitong.domain.problems.rules.way import MOVES, Act
from zhitong.kit.refusals import NotFound
from zhitong.web.problems.acts import WAYS
from zhitong.web.shell.components import Text

REQUESTS = {
    Act.ASK_EXTENSION: RequestKind.EXTENSION, Act.ASK_PAUSE: RequestKind.PAUSE, Act.ASK_PARK: RequestKind.PARK,
    Act.ASK_WITHDRAWAL: RequestKind.WITHDRAWAL,
}
"""The acts that ask an office, with what they ask for."""


def act_called(word: str) -> Act:
    """The act of an address.

    Raises NotFound: there is no such act at the screen.
    """
    found = next((act for act in WAYS if act.value == word), None)
    if found is None:
        raise NotFound
    return found


def consequence(act: Act, standing: Standing) -> Text:
    """What follows when the form is sent, naming the unit that will then be responsible where that is known."""
    here = directory()
    unit_id = standing.accountable_unit_id
    if act in (Act.PROPOSE, Act.ESCALATE) and unit_id in here.units:
        above = receiver_above(unit_id, standing.line_id, here)
        if above is not None and act is Act.ESCALATE:
            return _("提交后将由%s负责，本级仍需告知企业。") % above.name
        if above is not None:
            return _("提交后由本级活动办公室审核；同意的，将由%s负责。承办时限不停。") % above.name
    if act in REQUESTS:
        decider = decider_of(REQUESTS[act], standing, here)
        return _("提交后由%s审批；审批前一切照旧，时限不停。") % decider.name
    if act is Act.SEND_BACK:
        office = here.office(standing.level_region_id)
        return _("提交后退回%s，由其重新交办；须在交办后一个工作日内提出。") % (office.name if office else _("活动办公室"))
    if act is Act.COMPLETE and standing.climbs:
        return _("提交后答复逐级返回，每级最多一个工作日，逾期企业可直接看到；本单位的承办时限停表。")
    if act is Act.COMPLETE:
        return _("提交后答复送企业确认，本单位的承办时限停表。")
    return MOVES[act].words
