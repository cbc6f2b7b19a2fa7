"""The fields of the register in a form: asked as each kind has them, held to the rules of the register."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.subjects.rules.describing import SUB_KINDS, Field, as_kept, fields_of, troubles_of
from zhitong.domain.subjects.rules.industries import industries
from zhitong.domain.subjects.rules.kinds import ENTERPRISES, ProjectStage, SubjectKind
from zhitong.kit.choices import Word, choices_of
from zhitong.web.problems.fields import DayField, ProseField
from zhitong.web.shell.components import Text
from zhitong.web.shell.forms import PlainForm, wan_field

MOST_REGIONS = 600
"""Beyond so many a list of regions names counties and what is above them, not townships."""
IMPORTANT = (Rank.PROVINCE, Rank.CITY, Rank.COUNTY)
_EXAMPLES: Mapping[Field, Text] = {
    Field.CODE: gettext_lazy("统一社会信用代码18位；项目填投资项目代码"),
    Field.CODE_REASON: gettext_lazy("只在代码校验不过而确实如此时填写，例如：2016年前发的执照，已看原件"),
    Field.ADDRESS: gettext_lazy("实际经营、建设的地方"),
    Field.REGISTERED_REGION: gettext_lazy("与经营地相同的不选"),
    Field.TAX_REGION: gettext_lazy("与经营地相同的不选"),
    Field.STATISTICS_REGION: gettext_lazy("与经营地相同的不选"),
    Field.PROGRESS: gettext_lazy("例如：主体封顶，正在安装设备"),
}


class RegionField(forms.ChoiceField):
    """A region by its id."""

    def clean(self, value: Any) -> UUID | None:
        """The region's id; None where none was chosen."""
        chosen = super().clean(value)
        return UUID(chosen) if chosen else None


class MaybeDay(DayField):
    """A day that may stay empty."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, **kwargs})


class SubjectForm(PlainForm):
    """What the register asks of a kind; `described` is the answer by field, as it will be kept."""

    def __init__(self, *args: Any, kind: SubjectKind, viewer: Viewer, without: Iterable[Field] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.viewer = kind, viewer
        self.asked = [field for field in fields_of(kind) if field not in without]
        for field in self.asked:
            self.add(field.value, _field(field, kind))

    def clean(self) -> dict[str, Any]:
        """Every answer held to the rules of the register, each trouble beside its field."""
        given: dict[str, Any] = super().clean() or {}
        self.described = {field: self._kept(field, given.get(field.value)) for field in self.asked}
        for field, sentence in troubles_of(self.kind, {**self.beside(), **self.described}).items():
            if field.value in self.fields and field.value not in self.errors:
                self.add_error(field.value, sentence)
        return given

    def beside(self) -> dict[Field, Any]:
        """What stands beside the form and is not asked in it."""
        return {}

    def _kept(self, field: Field, value: Any) -> Any:
        if value is None and not isinstance(self.fields[field.value], _EMPTY_IS_NONE):
            value = ""
        return as_kept(self.kind, field, int(value) if isinstance(value, Decimal) else value)


_EMPTY_IS_NONE: tuple[type[forms.Field], ...] = (forms.DateField, RegionField, type(wan_field()))


def initial_of(described: Mapping[Field, Any]) -> dict[str, Any]:
    """What stands, as a form begins with it."""
    return {field.value: str(value) if isinstance(value, UUID) else value for field, value in described.items()}


def region_field(regions: Iterable[RegionEntry], label: Text, *, required: bool = False, example: Text = "") -> RegionField:
    """A choice among regions."""
    choices = [("", _("请选择")), *((str(one.id), one.name) for one in regions)]
    return RegionField(label=label, required=required, choices=choices, help_text=example)


def regions_under(region_id: UUID) -> list[RegionEntry]:
    """A region and those below it, in order; without townships where that would be too many to look through."""
    here = directory()
    every = [here.regions[one] for one in here.within(region_id)]
    return every if len(every) <= MOST_REGIONS else _large(every)


def _large(every: Iterable[RegionEntry]) -> list[RegionEntry]:
    return [one for one in every if one.rank is not Rank.TOWNSHIP]


def _field(field: Field, kind: SubjectKind) -> forms.Field:
    example = _EXAMPLES.get(field, "")
    make = _MAKERS.get(field)
    if make is not None:
        return make(field, kind, example)
    required = field in (Field.NAME, Field.CODE)
    return forms.CharField(label=field.label, required=required, help_text=example, max_length=400)


def _day(field: Field, kind: SubjectKind, example: Text) -> forms.Field:
    return MaybeDay(label=field.label)


def _place(field: Field, kind: SubjectKind, example: Text) -> forms.Field:
    every = _large(directory().regions[one] for one in directory().within(directory().root().id))
    return region_field(every, field.label, example=example)


def _one_of(words: Iterable[Word]) -> Callable[[Field, SubjectKind, Text], forms.Field]:
    def make(field: Field, kind: SubjectKind, example: Text) -> forms.Field:
        choices = [("", _("请选择")), *((str(word.value), word.label) for word in words)]
        return forms.ChoiceField(label=field.label, required=False, choices=choices)

    return make


def _sub_kind(field: Field, kind: SubjectKind, example: Text) -> forms.Field:
    choices = [("", _("请选择")), *choices_of(SUB_KINDS[kind])]
    return forms.ChoiceField(label=field.label, required=False, choices=choices)


def _industry(field: Field, kind: SubjectKind, example: Text) -> forms.Field:
    if kind not in ENTERPRISES:
        return forms.CharField(label=field.label, required=False, max_length=60)
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in industries():
        groups.setdefault(f"{one.section} {one.section_name}", []).append((one.name, f"{one.full_code} {one.name}"))
    choices = [("", _("请选择")), *groups.items()]
    return forms.ChoiceField(label=field.label, required=False, choices=choices, help_text=_("GB/T 4754-2017 大类"))


_MAKERS: Mapping[Field, Callable[[Field, SubjectKind, Text], forms.Field]] = {
    Field.SUB_KIND: _sub_kind, Field.INDUSTRY: _industry, Field.STAGE: _one_of(ProjectStage),
    Field.IMPORTANCE: _one_of(IMPORTANT),
    **dict.fromkeys((Field.REGISTERED_REGION, Field.TAX_REGION, Field.STATISTICS_REGION), _place),
    **dict.fromkeys((Field.PLANNED_START, Field.STARTED, Field.PLANNED_FINISH, Field.FINISHED), _day),
    Field.INVESTMENT: lambda field, kind, example: wan_field(label=field.label, required=False),
    Field.PROGRESS: lambda field, kind, example: ProseField(field.label, example, required=False),
}

