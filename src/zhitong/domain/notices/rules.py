"""The kinds of notices, each a sentence about a thing named by its number. Pure."""

from __future__ import annotations

from zhitong.kit.choices import Word


class NoticeKind(Word):
    """Why a unit is told; the label follows the thing's number."""

    CAME_FROM_BELOW = "came_from_below", "下级提请协调，现抄告本办公室"
    ANSWERED = "answered", "已有答复，请确认是否满意"
    ASKED_MORE = "asked_more", "需要补正，请补充后再次提交"
    DECLINED = "declined", "未予受理，理由和正确渠道见详情"
    GIVEN_BACK = "given_back", "上级已退回，请继续办理"
    TO_PASS_DOWN = "to_pass_down", "上级已答复，请在一个工作日内告知下级"
    TO_DECIDE = "to_decide", "有一份申请等本办审批"
    DECIDED = "decided", "您提出的申请已有审批结果"
    STOOD_STILL = "stood_still", "已暂停办理或挂账，原因和恢复日期见详情"
    GOES_ON = "goes_on", "已恢复办理，现行时限见详情"
    WITHDRAWN = "withdrawn", "企业已撤回，不再办理"
    DISSATISFIED = "dissatisfied", "企业不满意，已进入复核"
    SEALED_CAME = "sealed_came", "密封件待签收"
    SEALED_SUPPLIED = "sealed_supplied", "投诉人已补充，请继续办理"
    SEALED_TAKEN = "sealed_taken", "投诉已签收"
    SEALED_ASKED = "sealed_asked", "受理机构请您补充情况"
    SEALED_REFERRED = "sealed_referred", "投诉已移送，去向见详情"
    SEALED_NOTIFIED = "sealed_notified", "投诉有了结果，见详情"
    REMINDED = "reminded", "上级催办，请尽快办理"
    REMINDED_BY_REPORTER = "reminded_by_reporter", "企业催办，请尽快办理并答复"
    SUPERVISED = "supervised", "已下发本单位，请按期反馈"
    PAPER_ANSWERED = "paper_answered", "被督办单位已反馈，请审核"
    PAPER_RETURNED = "paper_returned", "反馈已退回，请按要求重报"
    PAPER_ACCEPTED = "paper_accepted", "督办已办结"
    INSTRUCTED = "instructed", "领导批示交本单位办理，请按期报办理情况"
    OFFERED = "offered", "其他单位商议移交本单位，请答复是否接收"
    TURNED_DOWN = "turned_down", "对方未接收移交，请继续办理"
    TAKEN_BY_OTHER = "taken_by_other", "已由对方接收，由其继续办理"
    PART_ASKED = "part_asked", "请本单位协办，请按时反馈"
    CONSULTED = "consulted", "商请本单位协助，请在建议时间内答复"
    PART_ANSWERED = "part_answered", "协办单位已反馈"
