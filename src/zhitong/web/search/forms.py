"""What is looked for: the words, the kind of thing, the region; of problems the state and the days of submission."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.finding.queries.asking import Asked
from zhitong.domain.finding.rules import FoundKind
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.rules.kinds import State
from zhitong.kit.choices import choices_of
from zhitong.kit.phrases import trouble_with
from zhitong.kit.texts import storable
from zhitong.web.problems.filters import regions_inside
from zhitong.web.shell.forms import PlainForm, wanted_of

OWN_OF_PROBLEMS = ("state", "since", "until")


def _day(label: object) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class SearchForm(PlainForm):
    """The bar above what was found; regions are those inside the viewer's own."""

    q = forms.CharField(
        label=gettext_lazy("搜索"), required=False,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("两个字以上"), "type": "search", "data-search": ""}),
    )
    region = forms.ChoiceField(label=gettext_lazy("区划"), required=False)
    state = forms.MultipleChoiceField(
        label=gettext_lazy("状态"), required=False, choices=choices_of(State), widget=forms.CheckboxSelectMultiple
    )
    since = _day(gettext_lazy("提交从"))
    until = _day(gettext_lazy("到"))
    kind = forms.ChoiceField(required=False, choices=choices_of(FoundKind), widget=forms.HiddenInput)

    def __init__(self, query: QueryDict, viewer: Viewer) -> None:
        super().__init__(query)
        self.regions: dict[str, tuple[UUID, str]] = regions_inside(viewer, query.get("region", ""))
        offered = [(code, name) for code, (_id, name) in self.regions.items()]
        self.fields["region"].choices = [("", _("全部")), *offered]  # type: ignore[attr-defined]
        if not self.regions:
            del self.fields["region"]

    def clean_q(self) -> str:
        """Words that can be looked for, without signs that no database keeps."""
        words = str(storable(self.cleaned_data["q"]))
        if trouble := trouble_with(words):
            raise forms.ValidationError(trouble)
        return words

    def asked(self) -> Asked:
        """What is looked for."""
        wanted = wanted_of(self)
        region = self.regions.get(wanted.get("region", ""))
        return Asked(
            wanted.get("q", ""), kinds=(FoundKind(wanted["kind"]),) if "kind" in wanted else (),
            region_id=region[0] if region else None, since=wanted.get("since"), until=wanted.get("until"),
            states=tuple(State(word) for word in wanted.get("state", ())),
        )
