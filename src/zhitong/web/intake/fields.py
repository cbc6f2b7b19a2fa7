"""A firm in a form: looked for by name or code, chosen from what was found, or left as typed when it is not registered.

Without JavaScript the form is sent to look and comes back with what was found; with it the choices appear while typing.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.cards.rules.texts import clean_text
from zhitong.domain.intake.actions.naming import LONGEST_NAME, Named
from zhitong.domain.intake.queries.firms import FirmChoice, firms_called, firms_meant
from zhitong.domain.organisations.scope import Viewer
from zhitong.web.shell.forms import PlainForm

LOOKING, NEW = "look", "new"


def is_looking(request: HttpRequest) -> bool:
    """Whether the form was sent only to look for a firm."""
    return LOOKING in request.POST


class FirmForm(PlainForm):
    """The base of forms that name a firm; `found` are the choices under what was typed."""

    firm = forms.CharField(
        label=gettext_lazy("企业"), max_length=LONGEST_NAME,
        help_text=gettext_lazy("名称或统一社会信用代码，写几个字就能找到"),
        widget=forms.TextInput(attrs={
            "autocomplete": "off", "hx-get": "/intake/firms/", "hx-trigger": "input changed delay:300ms",
            "hx-target": "#firms", "hx-sync": "this:replace", "hx-include": "[name=category]",
        }),
    )
    chosen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        words = self.data.get("firm", "") if self.is_bound else self.initial.get("firm", "")
        self.found: list[FirmChoice] = firms_called(viewer, clean_text(words))

    def clean_firm(self) -> str:
        """The words, cleaned."""
        return clean_text(self.cleaned_data["firm"])

    def clean(self) -> dict[str, Any]:
        """The firm meant: chosen, or named exactly, or nobody of the registry.

        Raises ValidationError: the words fit several, and none was chosen.
        """
        given: dict[str, Any] = super().clean() or {}
        words, chosen = given.get("firm", ""), given.get("chosen", "")
        if not words:
            return given
        exact = firms_meant(self.viewer, [words]).get(words)
        subject_id = _id_in(chosen) or (exact.id if exact and chosen != NEW else None)
        if subject_id is None and self.found and chosen != NEW:
            self.add_error("firm", _("找到几家相近的企业，请在下面选一家；都不是的，选“不在名录中”。"))
        given["named"] = Named(subject_id=subject_id, name=words)
        return given


def _id_in(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
