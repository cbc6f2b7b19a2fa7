"""The words of inspections: in which way one looks, how a plan and a finding stand, what is drawn from. Pure."""

from __future__ import annotations

from zhitong.kit.choices import Word


class Way(Word):
    """In which way an inspection looks.

    Source: 冀发〔2018〕7号 四（六）; R-G3.
    """

    ON_SITE = "on_site", "实地督查"
    JOINT = "joint", "联合督查"
    SAMPLED = "sampled", "抽样检查"
    FOLLOW_UP = "follow_up", "回头看"
    UNANNOUNCED = "unannounced", "暗访"


class InspectionState(Word):
    """How an inspection stands."""

    DRAFTED = "drafted", "起草中"
    SUBMITTED = "submitted", "待批准"
    REFUSED = "refused", "未批准"
    APPROVED = "approved", "督查中"
    ENDED = "ended", "已结束"


class FindingState(Word):
    """How a finding stands."""

    OPEN = "open", "待整改"
    ANSWERED = "answered", "已报整改"
    RETURNED = "returned", "退回重改"
    CLOSED = "closed", "已销号"


class Population(Word):
    """What a sample is drawn from."""

    CLOSED = "closed", "已销号的问题"
    SUBJECTS = "subjects", "在册的服务对象"


class Readiness(Word):
    """The five things that are to be in place.

    Source: 冀发〔2018〕7号 四（二）; R-B6.
    """

    MINDS = "minds", "思想认识"
    LEADERSHIP = "leadership", "组织领导"
    MEASURES = "measures", "政策措施"
    DUTIES = "duties", "责任落实"
    MEANS = "means", "人财物保障"


class Grade(Word):
    """How far a thing is in place."""

    IN_PLACE = "in_place", "到位"
    PARTLY = "partly", "基本到位"
    NOT = "not", "不到位"
