"""Plain forms: one column, sentences in Chinese, what was typed is kept, figures read as people write them."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhitong.web.shell.components import Text
from zhitong.web.shell.words import figure_in_words

_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "form-check-input"),
    (forms.RadioSelect, "form-check-input"),
    (forms.CheckboxInput, "form-check-input"),
    (forms.Select, "form-select"),
    (forms.Widget, "form-control"),
)

_SENTENCES: dict[str, Text] = {
    "required": _("请填写这一项。"),
    "invalid_choice": _("请从列出的选项中选择。"),
    "invalid_list": _("请从列出的选项中选择。"),
    "max_length": _("最多填写 %(limit_value)d 个字，现在有 %(show_value)d 个字。"),
    "min_length": _("请至少填写 %(limit_value)d 个字，现在有 %(show_value)d 个字。"),
}
_UNSAID = object()
_INVALID: tuple[tuple[type[forms.Field], Text], ...] = (
    (forms.DateTimeField, _("请填写日期和时间，例如 2018-09-17 14:30。")),
    (forms.DateField, _("请填写日期，例如 2018-09-17。")),
    (forms.IntegerField, _("请填写整数，例如 12。")),
    (forms.EmailField, _("请填写电子邮箱，例如 name@example.cn。")),
)


class PlainForm(forms.Form):
    """The base of every form: our field template, Chinese sentences, half-width figures where figures are asked.

    A field's `help_text` is the example beneath it. Fields that may stay empty say so themselves.
    """

    template_name = "shell/parts/form.html"
    field_template = "shell/parts/field.html"
    required_css_class = "zt-required"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            self._make_plain(field)
        self.use_required_attribute = False

    def add(self, name: str, field: forms.Field) -> None:
        """Ask for one thing more, as plainly as for those the class declares."""
        self._make_plain(field)
        self.fields[name] = field

    def _make_plain(self, field: forms.Field) -> None:
        field.template_name = self.field_template
        field.widget.attrs.setdefault("class", _class_of(field.widget))
        _speak_plainly(field)


def wanted_of(form: PlainForm) -> dict[str, Any]:
    """What a form of filters asks for: only what is filled in and could be read."""
    form.is_valid()
    return {name: value for name, value in form.cleaned_data.items() if value not in (None, "", [], False)}


class FigureField(forms.Field):
    """A figure as it stands on paper, given back in its base unit as Decimal: 1,234.5 万元 → Decimal("12345000").

    Thousands separators, full-width digits and spaces are understood; letters are refused by name, a separator in
    the wrong place is not guessed at. `least` and `most` are in the unit that is shown.
    """

    def __init__(
        self,
        *,
        unit: Text = "",
        scale: int = 1,
        places: int = 2,
        least: Decimal | int | None = None,
        most: Decimal | int | None = None,
        last_period: Decimal | None = None,
        **kwargs: Any,
    ) -> None:
        self.unit, self.scale, self.places = unit, scale, places
        self.least, self.most, self.last_period = least, most, last_period
        super().__init__(**kwargs)
        self.widget.attrs.update({"inputmode": "decimal", "autocomplete": "off", "data-figure": ""})

    def to_python(self, value: Any) -> Decimal | None:
        """The figure in its base unit; None when nothing was typed."""
        if value is None or isinstance(value, Decimal):
            return value
        text = half_width(str(value))
        return None if text in self.empty_values else read_figure(text, self.places) * self.scale

    def validate(self, value: Decimal | None) -> None:
        """Hold the figure to its bounds, in the unit that is shown."""
        super().validate(value)
        if value is None:
            return
        shown = value / self.scale
        if self.least is not None and shown < self.least:
            raise self._out_of_bounds(_("这里不能小于 %(bound)s%(unit)s。"), self.least)
        if self.most is not None and shown > self.most:
            raise self._out_of_bounds(_("这里不能大于 %(bound)s%(unit)s，请核对后再填。"), self.most)

    def _out_of_bounds(self, sentence: Text, bound: Decimal | int) -> forms.ValidationError:
        return forms.ValidationError(sentence, params={"bound": figure_in_words(bound), "unit": self.unit})

    @property
    def last_in_words(self) -> str:
        """Last period's figure in the unit of the field; empty when there is none."""
        return "" if self.last_period is None else figure_in_words(self.last_period / self.scale)

    def prepare_value(self, value: Any) -> Any:
        """A stored figure in the unit of the field; what was typed stays as it was typed."""
        if isinstance(value, Decimal | int) and not isinstance(value, bool):
            return figure_in_words(Decimal(value) / self.scale)
        return value


def wan_field(**kwargs: Any) -> FigureField:
    """Money: 万元 on paper, yuan in the house; to the yuan, four decimals."""
    return FigureField(**{"unit": _("万元"), "scale": 10_000, "places": 4, "most": 100_000_000, **kwargs})


def half_width(text: str) -> str:
    """Full-width digits, points, commas and signs as half-width ones; spaces gone."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).replace("。", ".").replace("−", "-")


def read_figure(text: str, places: int) -> Decimal:
    """Read a half-width figure with or without thousands separators.

    Raises ValidationError: letters or signs in it, separators in the wrong place, more than `places` decimals.
    """
    strange = re.sub(r"[\d.,+-]", "", text)
    if strange:
        message = _("请只填数字，例如 1,234.5；您填的“%(text)s”里有“%(strange)s”。")
        raise forms.ValidationError(message, params={"text": text, "strange": strange})
    found = re.fullmatch(r"([+-]?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?", text)
    if found is None:
        message = _("“%(text)s”读不成一个数，请核对小数点和逗号，例如 1,234.5。")
        raise forms.ValidationError(message, params={"text": text})
    if len(found[3] or "") > places:
        message = _("最多保留 %(places)d 位小数。") if places else _("请填整数，不带小数。")
        raise forms.ValidationError(message, params={"places": places})
    return Decimal(text.replace(",", ""))


def _class_of(widget: forms.Widget) -> str:
    return next(name for kind, name in _CLASSES if isinstance(widget, kind))


def _speak_plainly(field: forms.Field) -> None:
    """Put our sentences where the field still has Django's; what a form words itself stays."""
    unreadable = next((("invalid", said) for kind, said in _INVALID if isinstance(field, kind)), None)
    for code, sentence in [*_SENTENCES.items(), *filter(None, [unreadable])]:
        if field.error_messages.get(code, _UNSAID) == _django_says(field, code):
            field.error_messages[code] = sentence
    for validator in field.validators:
        if getattr(validator, "code", "") in _SENTENCES:
            validator.message = _SENTENCES[validator.code]


def _django_says(field: forms.Field, code: str) -> Any:
    return next((kind.default_error_messages[code] for kind in type(field).__mro__ if _words(kind, code)), None)


def _words(kind: type, code: str) -> bool:
    return code in kind.__dict__.get("default_error_messages", {})
