"""The forms of the acts on a problem, one each: what is asked, an example beneath, what makes it refusable."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.cards.rules.texts import clean_text, text_trouble
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.queries.page import ProblemPage
from zhitong.kit import clock
from zhitong.kit.choices import Word, choices_of
from zhitong.web.shell.components import Text
from zhitong.web.shell.files import NOTHING, FilesField, Gathered
from zhitong.web.shell.forms import PlainForm

LONGEST = 2000


class ProseField(forms.CharField):
    """A text that people write: measured, cleaned, and stopped when it is marked as classified."""

    def __init__(self, label: Text, example: Text = "", *, rows: int = 3, **kwargs: Any) -> None:
        attributes = {"rows": rows} if rows > 1 else {}
        widget = forms.Textarea(attributes) if rows > 1 else forms.TextInput()
        super().__init__(label=label, help_text=example, widget=widget, strip=False, **kwargs)

    def clean(self, value: Any) -> str:
        """The text as it is kept.

        Raises ValidationError: empty where it must not be, too long, or marked as classified.
        """
        text = clean_text(super().clean(value))
        if not text and self.required:
            raise forms.ValidationError(self.error_messages["required"])
        trouble = text_trouble(text, LONGEST)
        if trouble:
            raise forms.ValidationError(trouble)
        return text


class WordField(forms.ChoiceField):
    """One word of a kind, chosen from all of them or from some; `conditional` as in DayField."""

    def __init__(
        self, words: type[Word], label: Text, *, only: Sequence[Word] = (), conditional: bool = False, **kwargs: Any
    ) -> None:
        self.words, self.conditional = words, conditional
        offered = [(word.value, word.label) for word in only] or choices_of(words)
        super().__init__(label=label, choices=offered, widget=forms.RadioSelect, required=not conditional, **kwargs)

    def clean(self, value: Any) -> Word | None:
        """The word itself; None when nothing was chosen."""
        chosen = super().clean(value)
        return self.words(chosen) if chosen else None


class DayField(forms.DateField):
    """A day, typed or picked; `conditional` when only some other choice asks for it."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, *, conditional: bool = False, **kwargs: Any) -> None:
        self.conditional = conditional
        super().__init__(required=kwargs.pop("required", not conditional), **kwargs)


class UnitSelect(forms.Select):
    """Units by region; those that can only be consulted are shown and cannot be chosen."""

    closed: frozenset[str] = frozenset()

    def create_option(self, name: str, value: Any, *more: Any, **kwargs: Any) -> dict[str, Any]:
        """Grey what cannot be chosen."""
        option: dict[str, Any] = super().create_option(name, value, *more, **kwargs)
        if str(value) in self.closed:
            option["attrs"]["disabled"] = True
        return option


class UnitField(forms.ChoiceField):
    """A unit by its id. Whether the office may hand to it is the act's question: what was chosen may have moved since."""

    widget = UnitSelect

    def valid_value(self, value: Any) -> bool:
        """Any id, be it offered now or not."""
        try:
            return bool(UUID(str(value)))
        except ValueError:
            return False

    def clean(self, value: Any) -> UUID | None:
        """The unit's id; None where none was chosen and none had to be."""
        chosen = super().clean(value)
        return UUID(chosen) if chosen else None


class UnitsField(forms.MultipleChoiceField):
    """Several units by their ids, ticked; whether each may be asked is the act's question."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: Any) -> bool:
        """Any id, be it offered now or not."""
        try:
            return bool(UUID(str(value)))
        except ValueError:
            return False

    def clean(self, value: Any) -> tuple[UUID, ...]:
        """The units' ids."""
        return tuple(UUID(one) for one in super().clean(value))


class ActForm(PlainForm):
    """The base of the acts' forms; one without fields asks for nothing but the hand."""

    needs_units = False

    @classmethod
    def about(cls, viewer: Viewer, found: ProblemPage) -> dict[str, Any]:
        """What the form must know of the problem it is opened on, as arguments of its own."""
        return {}


class PaperForm(PlainForm):
    """A signature that stands on paper: whose, of which day, and the paper as a photo."""

    signer = ProseField(
        gettext_lazy("线下审签人"), gettext_lazy("姓名和职务，照纸面登记。"), rows=1, max_length=60, required=False
    )
    signed_on = DayField(label=gettext_lazy("审签日期"), required=False)
    files = FilesField(label=gettext_lazy("纸面照片"))

    def __init__(self, *args: Any, gathered: Gathered = NOTHING, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"].hold(gathered)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Both or neither.

        Raises ValidationError: one is missing, or the day has not come yet.
        """
        given: dict[str, Any] = super().clean() or {}
        if bool(given.get("signer")) != bool(given.get("signed_on")):
            missing = "signed_on" if given.get("signer") else "signer"
            self.add_error(missing, _("登记线下审签，审签人和日期都要填写。"))
        if given.get("files") and not given.get("signer"):
            self.add_error("signer", _("附了纸面照片，请登记审签人和日期。"))
        if given.get("signed_on") and given["signed_on"] > clock.today():
            self.add_error("signed_on", _("审签日期不能晚于今天。"))
        return given
