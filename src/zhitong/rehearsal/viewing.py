"""Views of the overview that offices of the demonstration have saved and shared, so that the shelf above it is not empty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zhitong.domain.analysis.actions.views import save_view
from zhitong.domain.analysis.rules.stretches import StretchKind
from zhitong.domain.analysis.rules.views import Form, Look, Sharing
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.problems.rules.phases import Dimension
from zhitong.kit.clock import SHANGHAI
from zhitong.rehearsal.forms import viewer_of
from zhitong.rehearsal.stage import require_stage

SAVED_AT = datetime(2018, 9, 14, 16, 0, tzinfo=SHANGHAI)


@dataclass(frozen=True, slots=True)
class Kept:
    """A view that an account keeps of its own region."""

    login: str
    name: str
    stretch: StretchKind
    dimension: Dimension
    form: Form
    sharing: Sharing


VIEWS = (
    Kept("shengban", "本月各市新增", StretchKind.MONTH, Dimension.CATEGORY, Form.CHART, Sharing.REGION),
    Kept("shengban", "本季层级分布", StretchKind.QUARTER, Dimension.LEVEL, Form.TABLE, Sharing.UNIT),
    Kept("cangzhouban", "本周新增", StretchKind.WEEK, Dimension.KIND, Form.CHART, Sharing.BELOW),
    Kept("bohaiban", "全年条线", StretchKind.YEAR, Dimension.LINE, Form.TABLE, Sharing.POST),
)


def keep_views() -> None:
    """Save the views.

    Raises NotAStage: the database is a real one.
    """
    require_stage()
    for one in VIEWS:
        with acting_as(viewer_of(one.login)) as viewer:
            look = Look(viewer.region_id, None, one.stretch, None, None, one.dimension.value, one.form)
            save_view(viewer, one.name, look, one.sharing, actor=viewer.actor("rehearsal"), now=SAVED_AT)
