"""The kinds of facts that proposals leave."""

from __future__ import annotations

from zhitong.kit.choices import Word


class ExtraFact(Word):
    """What is recorded of a proposal on its way."""

    PROPOSED = "extra.proposed", "申报"
    WITHDRAWN = "extra.withdrawn", "撤回申报"
    WEIGHED = "extra.weighed", "评议打分"
    LISTED = "extra.listed", "列入清单"
    TURNED_DOWN = "extra.turned_down", "未列入清单"
    SENT_UP = "extra.sent_up", "推荐列入上级清单"
    PUBLISHED = "extra.published", "公布清单"
    DONE = "extra.done", "登记办成"
    RATED = "extra.rated", "登记群众评价"
