"""The brief (简报): the time in figures, what moved, one problem that was solved, what units wrote, what waits. Pure."""

from __future__ import annotations

from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.bulletins.rules.composing.material import Adopted, Figures, Material, Solved, of_territory
from zhitong.domain.bulletins.rules.drawn import Drawn, Section
from zhitong.domain.bulletins.rules.marks import MARK

LONGEST_TEXT = 120


def brief(about: Material) -> Drawn:
    """A brief as drawn from the facts."""
    figures = Figures()
    of = of_territory(figures, about)
    sections = [
        Section("本期数字", (
            f"{about.words}，{about.region_name}反映问题{of['reported']}件，销号{of['closed']}件；"
            f"到期{of['due']}件，按时办结{of['on_time']}件，按时办结率{of['on_time_share']}，解决率{of['solved_share']}。"
            f"请企业评价{of['asked']}件，评价率{of['rated_share']}，满意率{of['satisfied_share']}。"
        )),
        Section("进展变化", _moved(figures, about, of)),
    ]
    if about.typical is not None:
        sections.append(Section("典型问题解决", _typical(about.typical)))
    if about.adopted:
        sections.append(Section("做法和动态", "\n".join(map(_told, about.adopted))))
    sections.append(Section("待推进事项", _waiting(figures, about, of)))
    return Drawn(
        PaperKind.BRIEF, f"{about.words}工作简报", f"{about.below}，本级有关单位", about.since, about.cut_off, tuple(sections),
        tuple(figures.found.values()),
    )


def _moved(figures: Figures, about: Material, of: dict[str, str]) -> str:
    open_then = figures.say("open_before", "上期末尚未办结", about.before.unsettled, "件")
    overdue_then = figures.say("overdue_before", "上期末超期未办", about.before.overdue, "件")
    return (
        f"尚未办结的由上期末的{open_then}件变为{of['open']}件，超期的由{overdue_then}件变为{of['overdue']}件。"
        f"活动开展以来累计反映{of['total']}件，累计销号{of['closed_total']}件。"
    )


def _typical(one: Solved) -> str:
    text, answer = (_short(words) for words in (one.text, one.answer))
    return f"{one.region}{one.subject_name}反映（{one.number}）：{text}{one.unit}办理，答复：{answer}企业已确认。"


def _told(one: Adopted) -> str:
    """What a unit wrote, as a paragraph; what looks like the mark of a figure is its writer's, and no figure."""
    title, text = (MARK.sub(r"\1", words) for words in (one.title, one.text))
    return f"{title}。{_short(text)}（{one.unit}）"


def _short(words: str) -> str:
    plain = "".join(words.split())
    cut = plain if len(plain) <= LONGEST_TEXT else f"{plain[:LONGEST_TEXT]}……"
    return cut if cut.endswith(("。", "……", "！", "？")) else f"{cut}。"


def _waiting(figures: Figures, about: Material, of: dict[str, str]) -> str:
    said = [
        f"{label}{figures.say(f'waiting.{code}', f'{label}未办结', number, '件')}件" for code, label, number in about.waiting
    ]
    most = f"其中较多的是：{'，'.join(said)}。" if said else ""
    return f"尚未办结{of['open']}件，超期{of['overdue']}件，挂账{of['parked']}件。{most}"
