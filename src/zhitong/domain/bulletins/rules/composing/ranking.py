"""The ranking annex of a group: every share with what it is a share of, places where there were cases enough. Pure."""

from __future__ import annotations

from zhitong.domain.bulletins.rules.composing.material import Figures, Group
from zhitong.domain.bulletins.rules.drawn import Annex, AnnexRow
from zhitong.domain.bulletins.rules.measures import LEAST_CASES, Contender, Counts, Placed, share_words

HEADS = ("位次", "单位", "到期（件）", "按时办结（件）", "按时办结率", "解决率", "评价率", "满意率")
SHARES = (5, 16, 7, 8, 9, 8, 8, 8)
NOTE = (
    f"按时办结率、解决率的分母为本期到期的问题；到期不足{LEAST_CASES}件的样本少，只列数、不排名；没有到期问题的记“无”。"
    "企业要求保密的和并案、撤回、不予受理的不计。"
)


def annex_of(figures: Figures, group: Group) -> Annex:
    """The table of a group: whoever has a place first, then few cases, then none; all together at the foot."""
    rows = [_row(figures, group, one) for one in group.standings.placed]
    whole = AnnexRow(None, ("", "合计", *_cells(figures, f"all.{group.by}.{group.name}", group.name, group.standings.whole)))
    return Annex(f"{group.name}问题办理情况排名表", HEADS, (*rows, whole), SHARES, NOTE)


def _row(figures: Figures, group: Group, placed: Placed) -> AnnexRow:
    one = placed.contender
    key = f"{group.by}.{one.code}"
    place = figures.say(f"{key}.place", f"{one.name}位次", placed.place_words, of=one.unit_id)
    return AnnexRow(one.unit_id, (place, one.name, *_cells(figures, key, one.name, one.counts, one)))


def _cells(figures: Figures, key: str, name: str, counts: Counts, one: Contender | None = None) -> tuple[str, ...]:
    said = (
        ("due", "到期", counts.due), ("on_time", "按时办结", counts.on_time),
        ("on_time_share", "按时办结率", share_words(counts.on_time, counts.due)),
        ("solved_share", "解决率", share_words(counts.solved, counts.due)),
        ("rated_share", "评价率", share_words(counts.rated, counts.asked)),
        ("satisfied_share", "满意率", share_words(counts.satisfied, counts.rated)),
    )
    return tuple(
        figures.say(
            f"{key}.{what}", f"{name}{label}", value, of=one.unit_id if one else None,
            behind=_behind(what, key, one) if one else None,
        )
        for what, label, value in said
    )


def _behind(what: str, key: str, one: Contender) -> dict[str, str]:
    rated = what in ("rated_share", "satisfied_share")
    return {"list": "asked" if rated else "due", "by": key.split(".", 1)[0], "of": str(one.counted_id)}
