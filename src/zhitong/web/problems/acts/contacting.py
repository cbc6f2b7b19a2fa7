"""The first contact: the firm's one tap, and the unit's making up for it."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy

from zhitong.domain.problems.actions import contacting
from zhitong.domain.problems.rules.way import Act
from zhitong.web.problems.acts.handling import AcknowledgeForm
from zhitong.web.problems.fields import ActForm
from zhitong.web.problems.way import Way

WAYS: Mapping[Act, Way] = {
    Act.CONTACT: Way(
        AcknowledgeForm, contacting.Contact, contacting.contact, gettext_lazy("已登记重新联系的情况，企业已能看到。"), "phone"
    ),
    Act.CONFIRM_CONTACT: Way(
        ActForm, contacting.SayContact, contacting.confirm_contact, gettext_lazy("谢谢，已记下承办单位联系过您。"), "check",
        plain=gettext_lazy("联系过我"), one_tap=True,
    ),
    Act.VOID_CONTACT: Way(
        ActForm, contacting.SayContact, contacting.void_contact, gettext_lazy("已记下，承办单位须重新联系您。"), "ban",
        plain=gettext_lazy("没有联系过我"), one_tap=True,
    ),
}
