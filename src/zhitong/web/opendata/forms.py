"""What a file of a set shall hold: a region, a period, a format."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.opendata.rules.columns import DataSet
from zhitong.domain.opendata.rules.files import FileKind
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.choices import choices_of
from zhitong.web.shell.forms import PlainForm


class FileForm(PlainForm):
    """What a file shall hold; a region is the viewer's own or one below it."""

    region = forms.ChoiceField(label=gettext_lazy("地区"), required=False)
    since = forms.DateField(label=gettext_lazy("从"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=gettext_lazy("到"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(label=gettext_lazy("格式"), choices=choices_of(FileKind), initial=FileKind.CSV.value)

    def __init__(self, *args: Any, data: DataSet, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = [("", _("全部可见的")), *_regions_of(viewer)]  # type: ignore[attr-defined]
        if not data.has_region:
            del self.fields["region"]
        if not data.period:
            del self.fields["since"], self.fields["until"]
            return
        about = data.by_name[data.period].about
        self.fields["since"].help_text = _("按“%s”，含当天") % about

    def clean(self) -> dict[str, Any]:
        """A period ends after it begins."""
        said = super().clean() or {}
        if said.get("since") and said.get("until") and said["since"] > said["until"]:
            self.add_error("until", _("结束日期在开始日期之前，请核对。"))
        return said


def _regions_of(viewer: Viewer) -> list[tuple[str, str]]:
    """The viewer's own region and those it reports for directly."""
    here = directory()
    own = here.regions[viewer.region_id]
    return [(one.code, one.name) for one in (own, *here.children(own.id))]
