"""What a post may do and how far it sees, from the kind of its unit and of the post. Pure."""

from __future__ import annotations

from zhitong.domain.organisations.rules.kinds import PostKind, Subordination, UnitKind
from zhitong.kit.choices import Word


class Reach(Word):
    """How far a unit sees of what it does not itself take part in."""

    SUBTREE = "subtree", "本辖区全部"
    LINE = "line", "本辖区本条线"
    OPEN = "open", "本辖区不保密的"
    OWN = "own", "本单位参与的"


class Permission(Word):
    """What a post may do; each is asked by name where an act begins."""

    REPORT = "report", "填报卡片、反映问题、确认答复"
    HEAD = "head", "以企业主要负责人身份评价"
    HANDLE = "handle", "签收、办理、办结、提出上报"
    PRECHECK = "precheck", "乡镇初核"
    DISPATCH = "dispatch", "受理、交办、改派、提请上级、复核、销号"
    SIGN = "sign", "审核、审签本单位的拟办件"
    DESIGN = "design", "起草、发布、停用表式"
    SUPERVISE = "supervise", "催办、督办、登记领导批示"
    SUGGEST = "suggest", "查看本辖区问题、提出建议"
    OVERSEE = "oversee", "查看辖区总览"
    ADMINISTER = "administer", "管理本级岗位与人员"
    REGISTER = "register", "登记、修改服务对象"
    UNSEAL = "unseal", "签收、办理密封的投诉举报"
    AUDIT = "audit", "查阅本辖区留痕、查看封存和核验结果"
    GUARD = "guard", "管理登录保护、解除等待、重置动态码"
    TRACE = "trace", "查看一件事谁能看到、一个人能做什么，各凭什么"


_REACH = {
    UnitKind.GOVERNMENT: Reach.SUBTREE,
    UnitKind.LEADING_GROUP: Reach.SUBTREE,
    UnitKind.CAMPAIGN_OFFICE: Reach.SUBTREE,
    UnitKind.INSPECTION_OFFICE: Reach.SUBTREE,
    UnitKind.DEPARTMENT: Reach.LINE,
    UnitKind.PARTY_BODY: Reach.LINE,
    UnitKind.WORK_GROUP: Reach.LINE,
    UnitKind.TASK_FORCE: Reach.LINE,
    UnitKind.DELEGATES: Reach.OPEN,
}
_OVERSEEING = frozenset({Reach.SUBTREE, Reach.LINE})
_SUGGESTING = frozenset({PostKind.DELEGATE, PostKind.LIAISON})
_HANDLING = frozenset({
    UnitKind.GOVERNMENT, UnitKind.CAMPAIGN_OFFICE, UnitKind.DEPARTMENT, UnitKind.PARTY_BODY, UnitKind.WORK_GROUP,
    UnitKind.TASK_FORCE, UnitKind.RESIDENT_BODY,
})
_UNSEALING = frozenset({UnitKind.INSPECTION_OFFICE, UnitKind.PARTY_BODY})
_UNSEALING_POSTS = frozenset({PostKind.LEADER, PostKind.DEPUTY, PostKind.OFFICER})
_WORKING = {
    UnitKind.GOVERNMENT: {Permission.PRECHECK, Permission.REGISTER},
    UnitKind.CAMPAIGN_OFFICE: {Permission.DISPATCH, Permission.DESIGN, Permission.SUPERVISE, Permission.REGISTER},
    UnitKind.DEPARTMENT: {Permission.REGISTER},
    UnitKind.INSPECTION_OFFICE: {Permission.SUPERVISE},
}
_KEEPING = {
    PostKind.AUDITOR: frozenset({Permission.AUDIT, Permission.TRACE}),
    PostKind.SECURITY: frozenset({Permission.GUARD, Permission.TRACE}),
    PostKind.ADMINISTRATOR: frozenset({Permission.ADMINISTER}),
}
"""The three administrators have none of the rights of those whom they seat, guard and watch."""
_WORKING_POSTS = frozenset({PostKind.LEADER, PostKind.DEPUTY, PostKind.OFFICER, PostKind.LIAISON})
_SIGNING_POSTS = frozenset({PostKind.LEADER, PostKind.DEPUTY})


def reach_of(
    unit: UnitKind, subordination: Subordination = Subordination.TERRITORIAL, post: PostKind | None = None
) -> Reach:
    """How far a unit sees; bodies outside the territory chain see only what they take part in, and so do the posts of who
    audits and who keeps the locks."""
    if post in (PostKind.AUDITOR, PostKind.SECURITY) or subordination not in (Subordination.TERRITORIAL, Subordination.DUAL):
        return Reach.OWN
    return _REACH.get(unit, Reach.OWN)


def permissions_of(unit: UnitKind, post: PostKind) -> frozenset[Permission]:
    """What a post of a unit may do."""
    granted: set[Permission] = set()
    if post in _KEEPING and (unit is not UnitKind.SERVED or post is not PostKind.ADMINISTRATOR):
        return _KEEPING[post]
    if unit is UnitKind.SERVED:
        return frozenset({Permission.REPORT, Permission.HEAD} if post is PostKind.LEADER else {Permission.REPORT})
    if post in _WORKING_POSTS and unit in _HANDLING:
        granted.add(Permission.HANDLE)
    if post in _SIGNING_POSTS and unit in _HANDLING:
        granted.add(Permission.SIGN)
    if post in _WORKING_POSTS:
        granted |= _WORKING.get(unit, set())
    if unit is UnitKind.DELEGATES and post in _SUGGESTING:
        granted |= {Permission.SUGGEST, Permission.REPORT}
    if _REACH.get(unit, Reach.OWN) in _OVERSEEING:
        granted.add(Permission.OVERSEE)
    if post in _UNSEALING_POSTS and unit in _UNSEALING:
        granted.add(Permission.UNSEAL)
    return frozenset(granted | _tracing(unit, post))


def _tracing(unit: UnitKind, post: PostKind) -> set[Permission]:
    """Who leads a body that oversees, and who works in the office that keeps the campaign, asks who sees a case."""
    leads = post is PostKind.LEADER and _REACH.get(unit, Reach.OWN) in _OVERSEEING
    return {Permission.TRACE} if leads or (unit is UnitKind.CAMPAIGN_OFFICE and post in _WORKING_POSTS) else set()


APART = frozenset({Permission.ADMINISTER, Permission.GUARD, Permission.AUDIT})
"""Whoever holds one of these (三员) sees no matter that the others handle. Source: GB/T 22239-2019 8.1.5.1-8.1.5.3."""
OF_A_PERSON = frozenset({Permission.HEAD})
"""What a substitute does not take over: it asks for the person, not for the post."""


class Apart(Word):
    """What is closed to the three administrators."""

    NOTHING = "", "不限"
    MATTERS = "matters", "业务事项"
    ALL = "all", "业务事项和服务对象"


def apart_of(permissions: frozenset[Permission]) -> Apart:
    """A system administrator still reads the register of the served, whose people he lets in; the other two read neither."""
    if permissions & {Permission.GUARD, Permission.AUDIT}:
        return Apart.ALL
    return Apart.MATTERS if Permission.ADMINISTER in permissions else Apart.NOTHING
