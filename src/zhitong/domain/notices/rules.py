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
    DISSATISFIED = "dissatisfied", "企业不满意，已进入复核"
    SEALED_CAME = "sealed_came", "密封件待签收"
    SEALED_SUPPLIED = "sealed_supplied", "投诉人已补充，请继续办理"
    SEALED_TAKEN = "sealed_taken", "投诉已签收"
    SEALED_ASKED = "sealed_asked", "受理机构请您补充情况"
    SEALED_REFERRED = "sealed_referred", "投诉已移送，去向见详情"
    SEALED_NOTIFIED = "sealed_notified", "投诉有了结果，见详情"
    CONTACT_VOIDED = "contact_voided", "企业反映没有联系过，请重新联系并登记"
    CONTACTED = "contacted", "承办单位已重新登记联系情况，请看是否属实"
    FOUND_WANTING = "found_wanting", "核查与答复不一致，请重新办理"
    CLOSED_UNRATED = "closed_unrated", "您未评价，经核查已销号"
    OUTCOME_DOUBTED = "outcome_doubted", "上级抽查认为办结结果不实，请核对"
    CALLED_BACK = "called_back", "交叉回访已登记结果"
