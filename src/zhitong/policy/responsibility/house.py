"""What a paper says once for all its clauses: 列第一位者为牵头单位, 带★的为牵头单位, 下同."""

from __future__ import annotations

import re
from dataclasses import dataclass

from zhitong.policy.responsibility.marks import alike
from zhitong.policy.responsibility.wording import RESPONSIBLE, SUPPORT

Span = tuple[int, int]

_FIRST = (
    r"(?:第一|首)(?:个|位)?的?(?:责任|承办|负责)?(?:单位|部门)?"
    r"|(?:排|列|居|排列|排名|位列|列在|排在|居于)(?:在|于)?(?:最前|首位|第一位?|第一名|首)(?:位|名)?"
)
_MARK = r"(?:带|标|加|标注|标有|注有)(?:有|注)?[“\"(]?(?P<mark>[★☆*※▲△#●])[”\")]?号?"
_WHO = r"(?:的|者|位)*(?:的?(?:责任|承办)?(?:单位|部门))?"
STATEMENT = re.compile(
    rf"[(,;。]?(?:注:)?(?:各项?|每项|以下|上述|其中|任务|工作|责任|单位|中|分工|的|,){{0,8}}(?:{_FIRST}|{_MARK}){_WHO}(?:为|是|系|即为|(?<=[位者的]))(?:该项)?(?:总?牵头|主办)"
    r"(?:责任|负责)?(?:单位|部门|者|汇总单位|或汇总单位)?(?P<others>[,;](?:其他|其它|其余)[^。;)\n]{0,16})?(?:[,;、]?下同)?[)]?"
)
_SAME_BELOW = re.compile(
    r"[,;。(]?(?:具体|以下|上述|各项|所有){0,2}(?:任务|工作|措施|事项)?(?:均|都|涉及)[^。;\n]{2,60}?(?:不再(?:一一|逐一|逐项|重复)?(?:列出|做?分工|分工|赘述)|下同)(?:[,、]?下同)?|[,;、。(]?下同[)]?"
)


@dataclass(frozen=True)
class HouseRules:
    """What holds in every clause of a paper."""

    is_first_lead: bool = False
    others: str | None = None
    """The role of all behind the first, where the paper says it."""
    lead_mark: str | None = None
    """The sign beside a name that leads: ★."""
    stated: Span | None = None
    names: frozenset[str] = frozenset()
    """Units as the paper prints them where nothing is damaged: by these a name that lost its last character is known."""


def rules_stated(text: str) -> HouseRules:
    """The rules of precedence said anywhere in a text; the first saying counts."""
    found = STATEMENT.search(alike(text))
    if not found:
        return HouseRules()
    others = found["others"] or ""
    role = SUPPORT if re.search("配合|协办|协助|参与", others) else RESPONSIBLE if others else None
    return HouseRules(is_first_lead=found["mark"] is None, others=role, lead_mark=found["mark"], stated=found.span())


def without_statements(words: str) -> str:
    """The words as long as they were, with what is said for the whole paper blanked out."""
    for shape in (STATEMENT, _SAME_BELOW):
        words = shape.sub(_blank, words)
    return words


def _blank(found: re.Match[str]) -> str:
    """Only ; stands there now; brackets that the statement did not open stay."""
    said = found[0]
    tail = ")" if said.endswith(")") and not said.startswith("(") else ""
    head = "(" if said.startswith("(") and not said.endswith(")") else ""
    return head + ";" * (len(said) - len(head) - len(tail)) + tail
