"""What is asked when a form comes, when it is filled, and when it comes back."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from zhitong.domain.blanks.rules.form.opening import MOST_BYTES
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.clock import SHANGHAI
from zhitong.kit.sheets.limits import MEBIBYTE
from zhitong.web.shell.forms import PlainForm


class FileForm(PlainForm):
    """A workbook to send in."""

    file = forms.FileField(
        label=_("上级发来的空表"),
        help_text=_("Excel（.xlsx），不超过%dMB；表头、合并格、公式、签字栏都原样保留") % (MOST_BYTES // MEBIBYTE),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm"}), error_messages={"empty": _("文件是空的，请重新选择。")},
    )

    def content(self) -> tuple[str, bytes]:
        """The name and the bytes; a byte more than may be, where there are more."""
        file = self.cleaned_data["file"]
        return file.name or "", file.read(MOST_BYTES + 1)


class ReturnForm(FileForm):
    """A filled form that comes back with what was missing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = _("补填好的表")
        self.fields["file"].help_text = _("从这里下载、补填过的文件；只记下系统没有的那些格，下次填表时带出来")


class FillForm(PlainForm):
    """For which region, since when and up to when."""

    region = forms.ChoiceField(label=_("范围"), required=False)
    since = forms.DateField(label=_("起始日期"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    at = forms.DateTimeField(
        label=_("统计截止时间"), required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"}),
    )

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = directory()
        own = here.regions[viewer.region_id]
        self.fields["region"].choices = [  # type: ignore[attr-defined]
            (one.code, one.name) for one in (own, *here.children(own.id))
        ]

    def asked(self) -> dict[str, Any]:
        """What the act and the preview are told; empty where nothing was chosen."""
        said = self.cleaned_data if self.is_bound and self.is_valid() else {}
        region = directory().region_coded(said.get("region") or "")
        since = said.get("since")
        found: dict[str, UUID | datetime | None] = {
            "region_id": region.id if region else None, "at": said.get("at"),
            "since": datetime(since.year, since.month, since.day, tzinfo=SHANGHAI) if since else None,
        }
        return found
