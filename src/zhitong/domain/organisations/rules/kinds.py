"""The kinds of regions, units and posts, in the field's words."""

from __future__ import annotations

from zhitong.kit.choices import Word


class Rank(Word):
    """How high a region stands; serves tiers, limits and like-with-like. Ranks may repeat on a path."""

    PROVINCE = "province", "省级"
    CITY = "city", "市级"
    COUNTY = "county", "县级"
    TOWNSHIP = "township", "乡级"


class RegionKind(Word):
    """A statutory division or a functional zone (新区、园区、开发区)."""

    DIVISION = "division", "行政区"
    ZONE = "zone", "功能区"


class Relation(Word):
    """The three ways in which one region stands under another; each has its own dated edge."""

    ADMINISTRATIVE = "administrative", "行政隶属"
    REPORTING = "reporting", "报送隶属"
    STATISTICAL = "statistical", "统计归属"
    SHOWN = "shown", "只展示不汇总"


class UnitKind(Word):
    """Bodies that can be accountable."""

    GOVERNMENT = "government", "党委政府（管委会、乡镇）"
    LEADING_GROUP = "leading_group", "领导小组"
    CAMPAIGN_OFFICE = "campaign_office", "领导小组办公室"
    DEPARTMENT = "department", "部门"
    PARTY_BODY = "party_body", "党群机构"
    INSPECTION_OFFICE = "inspection_office", "督查室"
    WORK_GROUP = "work_group", "工作组"
    TASK_FORCE = "task_force", "工作专班"
    RESIDENT_BODY = "resident_body", "驻区单位"
    DELEGATES = "delegates", "代表委员联络组"
    SERVED = "served", "服务对象"


class Subordination(Word):
    """To whom a unit answers; the last three are consulted (商请) through a contact unit."""

    TERRITORIAL = "territorial", "属地管理"
    DUAL = "dual", "双重管理"
    VERTICAL = "vertical", "垂直管理"
    STATE_FIRM = "state_firm", "驻地国有企业"
    MILITARY = "military", "驻军单位"


CONSULTED = frozenset({Subordination.VERTICAL, Subordination.STATE_FIRM, Subordination.MILITARY})


class PostKind(Word):
    """What a seat in a unit is for."""

    LEADER = "leader", "主要负责人"
    DEPUTY = "deputy", "分管负责人"
    OFFICER = "officer", "经办人"
    LIAISON = "liaison", "联络员"
    REPORTER = "reporter", "填报人"
    DELEGATE = "delegate", "代表委员"
    ADMINISTRATOR = "administrator", "系统管理员"
    SECURITY = "security", "安全管理员"
    AUDITOR = "auditor", "审计管理员"
