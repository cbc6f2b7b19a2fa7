"""The kinds of facts that papers leave."""

from __future__ import annotations

from zhitong.kit.choices import Word


class PaperFact(Word):
    """What is recorded of a paper on its way."""

    TAKEN_IN = "paper.taken_in", "收入文件"
    CORRECTED = "paper.corrected", "改动草案"
    RESTORED = "paper.restored", "撤销改动"
    JUDGED = "paper.judged", "判定疑点"
    LINKED = "paper.linked", "对应单位"
    PUBLISHED = "paper.published", "发布方案"
    WITHDRAWN = "paper.withdrawn", "收回文件"
    COMPARED = "paper.compared", "对照文件"
