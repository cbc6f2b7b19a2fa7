"""The circular (情况通报): how a territory stands, who is in front, what is behind; rankings as annexes. Pure."""

from __future__ import annotations

from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.bulletins.rules.composing.material import Figures, Group, Material, of_territory
from zhitong.domain.bulletins.rules.composing.ranking import annex_of
from zhitong.domain.bulletins.rules.drawn import Drawn, Section
from zhitong.domain.bulletins.rules.marks import mark
from zhitong.domain.bulletins.rules.measures import first_names

LEAST_NAMED = 4
"""Where fewer have a place, naming the first three names them all."""


def circular(about: Material) -> Drawn:
    """A circular as drawn from the facts; its sections in the order of print."""
    figures = Figures()
    marks = of_territory(figures, about)
    annexes = tuple(annex_of(figures, group) for group in about.groups)
    sections = (
        Section("总体情况", _whole(about, marks)), Section("办理质效", _quality(marks)),
        Section("各地各部门情况", "\n".join(_told(group) for group in about.groups) or "本期没有到期的问题。"),
        Section("存在问题", _behind(marks)),
        Section("下步要求", "各级各部门要对照所附排名，逐件查明超期原因，明确责任人和办结时间；对企业不满意的，重新办理并当面答复。"),
    )
    return Drawn(
        PaperKind.CIRCULAR, f"关于{about.words}问题办理情况的通报", f"{about.below}，本级有关单位", about.since, about.cut_off,
        sections, tuple(figures.found.values()), annexes,
    )


def _whole(about: Material, of: dict[str, str]) -> str:
    return (
        f"{about.words}，{about.region_name}企业和项目单位反映问题{of['reported']}件，销号{of['closed']}件。"
        f"活动开展以来，累计反映{of['total']}件，累计销号{of['closed_total']}件，尚未办结{of['open']}件，"
        f"其中超期{of['overdue']}件、挂账{of['parked']}件。"
    )


def _quality(of: dict[str, str]) -> str:
    return (
        f"本期应办结的问题{of['due']}件，在首次确定的时限内办结{of['on_time']}件，按时办结率{of['on_time_share']}；"
        f"经企业确认或者销号的实际解决{of['solved']}件，解决率{of['solved_share']}。\n"
        f"请企业评价{of['asked']}件，收到评价{of['rated']}件，评价率{of['rated_share']}；"
        f"已评价的问题中，满意率{of['satisfied_share']}。"
    )


def _told(group: Group) -> str:
    names = first_names(group.standings.placed, LEAST_NAMED)
    share = mark(f"{group.name}按时办结率")
    front = f"，排在前面的是{'、'.join(names)}" if names else ""
    few = sum(one.place is None for one in group.standings.placed)
    rest = "，其余到期问题少或者没有到期问题，未参加排名" if few else ""
    return f"{group.name}按时办结率平均{share}{front}{rest}。排名见附件。"


def _behind(of: dict[str, str]) -> str:
    return f"截至统计时间，仍有{of['overdue']}件问题超过时限，{of['parked']}件挂账待条件具备后办理。"
