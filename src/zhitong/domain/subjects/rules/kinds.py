"""The kinds of the served and the words of their life."""

from __future__ import annotations

from zhitong.kit.choices import Word


class SubjectKind(Word):
    """What is served."""

    INDUSTRY = "industry", "规上工业企业"
    SERVICES = "services", "重点服务业企业"
    TECH_SME = "tech_sme", "科技型中小企业"
    PROJECT = "project", "重点项目"
    PLATFORM = "platform", "双创平台"
    WORK = "work", "民心工程"


ENTERPRISES = frozenset({SubjectKind.INDUSTRY, SubjectKind.SERVICES, SubjectKind.TECH_SME})


class ServiceSubKind(Word):
    """Sub-kinds of services, each with thresholds of its own."""

    SERVICE = "service", "服务业"
    WHOLESALE = "wholesale", "批发业"
    RETAIL = "retail", "零售业"


class ProjectStage(Word):
    """The three stages of a project."""

    PREPARATION = "preparation", "前期"
    CONSTRUCTION = "construction", "新开工/续建"
    COMPLETION = "completion", "竣工投产"


class PlatformKind(Word):
    """The platforms that the plan names."""

    DEMONSTRATION_BASE = "demonstration_base", "“双创”示范基地"
    INCUBATOR = "incubator", "科技企业孵化器"
    MAKER_SPACE = "maker_space", "众创空间"
    JOB_INCUBATOR = "job_incubator", "创业就业孵化基地"
    SMALL_FIRM_BASE = "small_firm_base", "小微企业创业创新基地"


class Diagnosis(Word):
    """How an enterprise is: grow, improve or turn round. Words only, never colours."""

    PROFITABLE = "profitable", "盈利"
    THIN = "thin", "微利"
    DIFFICULT = "difficult", "困难"


class CareRole(Word):
    """Who looks after a subject."""

    LEAD_OFFICIAL = "lead_official", "分包领导"
    PERSON_IN_CHARGE = "person_in_charge", "责任人"
    LIAISON = "liaison", "联络员"


class SubjectEnd(Word):
    """Why one of the served is no longer kept as its own."""

    MERGED = "merged", "并入另一户"
    DEREGISTERED = "deregistered", "已注销"
    MOVED_OUT = "moved_out", "已迁出"
    MISTAKEN = "mistaken", "登记有误"


class Element(Word):
    """What a project needs to go on (要素保障)."""

    APPROVAL = "approval", "审批"
    LAND = "land", "用地"
    FINANCE = "finance", "资金"
    TECHNOLOGY = "technology", "技术"
    ENVIRONMENT = "environment", "环保"
    UTILITIES = "utilities", "配套设施"


class ElementState(Word):
    """How far a needed thing has come."""

    MISSING = "missing", "未办"
    UNDER_WAY = "under_way", "办理中"
    DONE = "done", "已办结"
    NOT_NEEDED = "not_needed", "不需要"


class RemovalCause(Word):
    """Why a subject shall leave a list. Who refuses or cannot be reached stays on it (R-E7)."""

    DEREGISTERED = "deregistered", "已注销"
    MOVED_OUT = "moved_out", "已迁出"
    SUSPENDED = "suspended", "停产停业"
    UNFIT = "unfit", "不再符合名单条件"
    MISTAKEN = "mistaken", "列入有误"
