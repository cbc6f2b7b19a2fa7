"""The kinds of facts that pieces leave."""

from __future__ import annotations

from zhitong.kit.choices import Word


class PracticeFact(Word):
    """What is recorded of a piece on its way."""

    SUBMITTED = "piece.submitted", "报送稿件"
    WITHDRAWN = "piece.withdrawn", "撤回稿件"
    RETURNED = "piece.returned", "退回补充稿件"
    REVISED = "piece.revised", "补充后再报稿件"
    EDITED = "piece.edited", "修改稿件"
    ADOPTED = "piece.adopted", "采用稿件"
    PASSED_OVER = "piece.passed_over", "未采用稿件"
    SENT_UP = "piece.sent_up", "报上级稿件"
    USED = "piece.used", "登记稿件采用去向"
    PUBLISHED = "piece.published", "发布稿件"
    TAKEN_DOWN = "piece.taken_down", "撤下已发布的稿件"
    JOINED = "piece.joined", "关联问题"
    PARTED = "piece.parted", "取消关联问题"
