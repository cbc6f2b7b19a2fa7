"""The words of pieces: what they are, how they stand, why one is passed over, where one was used. Pure."""

from __future__ import annotations

from zhitong.kit.choices import Word


class PieceKind(Word):
    """What sort of piece it is.

    Source: 冀发〔2018〕7号 四（七）（八）; R-H5.
    """

    WORK_NEWS = "work_news", "工作信息"
    GOOD_PRACTICE = "good_practice", "典型做法"
    POLICY_RESULT = "policy_result", "制度成果"


PUBLISHABLE = frozenset({PieceKind.GOOD_PRACTICE, PieceKind.POLICY_RESULT})
"""What is published after review; news of one's work is used, not published."""


class PieceState(Word):
    """How far a piece has come."""

    SUBMITTED = "submitted", "待审核"
    RETURNED = "returned", "退回补充"
    ADOPTED = "adopted", "已采用"
    PASSED_OVER = "passed_over", "未采用"
    WITHDRAWN = "withdrawn", "已撤回"
    PUBLISHED = "published", "已发布"


ADOPTED_STATES = frozenset({PieceState.ADOPTED, PieceState.PUBLISHED})
WAITING_STATES = frozenset({PieceState.SUBMITTED, PieceState.RETURNED})


class PassingOver(Word):
    """Why a piece is not adopted."""

    DOUBLE = "double", "重复报送"
    THIN = "thin", "内容不具体"
    STALE = "stale", "时效已过"
    UNPROVEN = "unproven", "成效没有核实"
    UNSUITED = "unsuited", "不宜采用"


class UsePlace(Word):
    """Where an adopted piece was used."""

    LOCAL_BRIEF = "local_brief", "本级简报"
    ABOVE = "above", "上级采用"
    INSTRUCTION = "instruction", "领导批示"
    MEDIA = "media", "媒体报道"


WANTED_OF_USE: dict[UsePlace, str] = {
    UsePlace.LOCAL_BRIEF: "请写明编入哪一期简报，例如：第12期。",
    UsePlace.ABOVE: "请写明上级哪个单位、哪个刊物采用。",
    UsePlace.INSTRUCTION: "请写明哪位领导批示、批示内容。",
    UsePlace.MEDIA: "请写明媒体名称和标题。",
}
"""The sentence that asks for the proof of each use."""
