"""The forms of messages: an address with its code, habits, and the channels that an office allows."""

from __future__ import annotations

import re
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.messaging.rules.channels import Channel
from zhitong.domain.messaging.rules.hours import Habit, Pace, habit_troubles
from zhitong.web.shell.forms import PlainForm

_EXAMPLES = {
    Channel.EMAIL: gettext_lazy("例如 name@example.gov.cn。"), Channel.SMS: gettext_lazy("11位手机号码。"),
    Channel.WECOM: gettext_lazy("企业微信通讯录里的账号，不是姓名；不知道的，问单位的企业微信管理员。"),
    Channel.DINGTALK: gettext_lazy("钉钉通讯录里的 userid，不是姓名；不知道的，问单位的钉钉管理员。"),
}
_LABELS = {
    Channel.EMAIL: gettext_lazy("电子邮箱"), Channel.SMS: gettext_lazy("手机号码"), Channel.WECOM: gettext_lazy("企业微信账号"),
    Channel.DINGTALK: gettext_lazy("钉钉 userid"),
}
_CODE = {"inputmode": "numeric", "autocomplete": "one-time-code"}
_HOUR = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class AddressForm(PlainForm):
    """Where to send a code."""

    address = forms.CharField(max_length=120)

    def __init__(self, *args: Any, channel: Channel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["address"]
        field.label, field.help_text = _LABELS[channel], _EXAMPLES[channel]
        field.widget.attrs["autocomplete"] = {Channel.EMAIL: "email", Channel.SMS: "tel"}.get(channel, "off")


class CodeForm(PlainForm):
    """The code that came there."""

    code = forms.CharField(label=gettext_lazy("收到的验证码"), max_length=12, widget=forms.TextInput(attrs=_CODE))


class HabitForm(PlainForm):
    """How one wants to be told."""

    pace = forms.ChoiceField(
        label=gettext_lazy("怎样发"), widget=forms.RadioSelect, choices=[(str(one), one.label) for one in Pace],
        help_text=gettext_lazy("催办、督办、批示、限一个工作日内的，不等汇总。"),
    )
    times = forms.CharField(
        label=gettext_lazy("汇总的时间"), max_length=60, required=False, help_text=gettext_lazy("例如 9:00、15:00，一天最多四次。")
    )
    quiet_from = forms.TimeField(label=gettext_lazy("免打扰从"), widget=_HOUR)
    quiet_until = forms.TimeField(
        label=gettext_lazy("免打扰到"), widget=_HOUR, help_text=gettext_lazy("可以跨过午夜；两个时间相同，就是不设免打扰。")
    )
    on_workdays = forms.BooleanField(
        label=gettext_lazy("只在上班时间发"), required=False, help_text=gettext_lazy("按本单位的工作日历；其余时间来的，上班时再发。")
    )
    urgent_at_any_hour = forms.BooleanField(label=gettext_lazy("急件随时发，夜里和休息日也发"), required=False)

    def clean_times(self) -> tuple[time, ...]:
        """The times written with any sign between them."""
        written = [one for one in re.split(r"[\s,，、;；]+", self.cleaned_data["times"].replace("：", ":")) if one]
        try:
            return tuple(sorted({time(*(int(part) for part in one.split(":", 1))) for one in written}))
        except (ValueError, TypeError, OverflowError):
            raise forms.ValidationError(_("请把时间写成 9:00、15:00 的样子。")) from None

    def clean(self) -> dict[str, Any]:
        """Hold the parts against each other."""
        given = super().clean() or self.cleaned_data
        if not self.errors:
            for name, sentence in habit_troubles(self.habit()).items():
                self.add_error(name, sentence)
        return given

    def habit(self) -> Habit:
        """What was chosen."""
        said = self.cleaned_data
        return Habit(
            Pace(said["pace"]), said["times"], said["quiet_from"], said["quiet_until"], said["on_workdays"], said["urgent_at_any_hour"],
        )


class ChannelsForm(PlainForm):
    """Which channels may be used in a region."""

    channels = forms.MultipleChoiceField(
        label=gettext_lazy("可以使用的渠道"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(str(one), one.label) for one in Channel],
        help_text=gettext_lazy("上级没有开放的渠道，这里选了也不能用；一个也不选，就是消息只在系统内。"),
    )
