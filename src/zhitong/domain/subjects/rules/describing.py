"""What the register says of each of the served: its fields by name, which kinds have them, and what they may hold. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from zhitong.domain.privacy.rules.masking import is_masked_form
from zhitong.domain.privacy.rules.words import PersonalKind
from zhitong.domain.subjects.rules.codes import doubt_about, written_right
from zhitong.domain.subjects.rules.industries import industry_called
from zhitong.domain.subjects.rules.kinds import ENTERPRISES, PlatformKind, ServiceSubKind, SubjectKind
from zhitong.kit.choices import Word

LARGEST_CNY = 10**15
SUB_KINDS: Mapping[SubjectKind, type[Word]] = {SubjectKind.SERVICES: ServiceSubKind, SubjectKind.PLATFORM: PlatformKind}
"""The kinds that are divided, and into what."""
_PHONE = re.compile(r"[0-9+][0-9 -]{4,28}[0-9]")


class Field(Word):
    """A field of the register that a person may change; the word is the name of its column."""

    NAME = "name", "名称"
    CODE = "code", "代码"
    CODE_REASON = "code_reason", "代码说明"
    SUB_KIND = "sub_kind", "小类"
    INDUSTRY = "industry", "行业"
    STAGE = "stage", "项目阶段"
    IMPORTANCE = "importance", "重点级别"
    ADDRESS = "address", "经营地址"
    REGISTERED_REGION = "registered_region_id", "注册地"
    REGISTERED_ADDRESS = "registered_address", "注册地址"
    TAX_REGION = "tax_region_id", "纳税地"
    STATISTICS_REGION = "statistics_region_id", "统计归属"
    CONTACT = "contact", "联系人"
    CONTACT_PHONE = "contact_phone", "联系电话"
    INVESTMENT = "investment_cny", "总投资"
    PROGRESS = "progress_words", "形象进度"
    PLANNED_START = "planned_start_on", "计划开工"
    STARTED = "started_on", "实际开工"
    PLANNED_FINISH = "planned_finish_on", "计划竣工"
    FINISHED = "finished_on", "实际竣工"


LONGEST: Mapping[Field, int] = {
    Field.NAME: 120, Field.CODE: 40, Field.CODE_REASON: 200, Field.INDUSTRY: 60, Field.ADDRESS: 200,
    Field.REGISTERED_ADDRESS: 200, Field.CONTACT: 40, Field.CONTACT_PHONE: 30, Field.PROGRESS: 400,
}
OF_PROJECTS = frozenset({
    Field.STAGE, Field.IMPORTANCE, Field.INVESTMENT, Field.PROGRESS, Field.PLANNED_START, Field.STARTED,
    Field.PLANNED_FINISH, Field.FINISHED,
})
_BUILT = frozenset({SubjectKind.PROJECT, SubjectKind.PLATFORM, SubjectKind.WORK})
_IN_ORDER = ((Field.PLANNED_START, Field.PLANNED_FINISH), (Field.STARTED, Field.FINISHED))
PLACES = frozenset({Field.REGISTERED_REGION, Field.TAX_REGION, Field.STATISTICS_REGION})
CONTACT = {Field.CONTACT: PersonalKind.CONTACT_NAME, Field.CONTACT_PHONE: PersonalKind.CONTACT_PHONE}
"""What says whom to ring, and which kind of personal value each is."""
PERSONAL = frozenset(CONTACT)


def is_only_masked(field: Field, given: Any, kept: Any) -> bool:
    """Whether a contact comes back as its mask, as a form or a sheet showed it: then nothing was said anew."""
    return field in CONTACT and is_masked_form(CONTACT[field], given or "", kept or "")


def fields_of(kind: SubjectKind) -> list[Field]:
    """The fields that a kind has, in the order of a form."""
    without: set[Field] = set()
    if kind not in SUB_KINDS:
        without.add(Field.SUB_KIND)
    if kind not in _BUILT:
        without |= OF_PROJECTS
    if kind is not SubjectKind.PROJECT:
        without |= {Field.STAGE, Field.IMPORTANCE}
    if kind not in ENTERPRISES:
        without |= {Field.REGISTERED_REGION, Field.REGISTERED_ADDRESS, Field.TAX_REGION}
        without |= set() if kind is SubjectKind.PROJECT else {Field.INDUSTRY}
    return [field for field in Field if field not in without]


def as_kept(kind: SubjectKind, field: Field, value: Any) -> Any:
    """A value as the register keeps it: codes written right, an industry by its name in the standard, words as texts."""
    if isinstance(value, Word):
        value = value.value
    if isinstance(value, str):
        value = value.strip()
    if field is Field.CODE:
        return written_right(value)
    if field is Field.INDUSTRY and kind in ENTERPRISES and value:
        found = industry_called(value)
        return found.name if found else value
    return value


def troubles_of(kind: SubjectKind, values: Mapping[Field, Any]) -> dict[Field, str]:
    """What is wrong with the fields as they would be kept, each in a sentence with the next step."""
    found = dict(_troubles(kind, values))
    return {field: found[field] for field in Field if field in found}


def _troubles(kind: SubjectKind, values: Mapping[Field, Any]) -> Iterator[tuple[Field, str]]:
    for later in (_too_long, _misplaced, _missing, _unfit, _out_of_order):
        yield from later(kind, values)


def _missing(kind: SubjectKind, values: Mapping[Field, Any]) -> Iterator[tuple[Field, str]]:
    code = values.get(Field.CODE, "")
    if not values.get(Field.NAME):
        yield Field.NAME, "缺少名称，请补上。"
    if not code:
        yield Field.CODE, "缺少代码，请补上统一社会信用代码或项目代码。"
    elif kind in ENTERPRISES and not values.get(Field.CODE_REASON) and (doubt := doubt_about(code)):
        yield Field.CODE, doubt


def _too_long(kind: SubjectKind, values: Mapping[Field, Any]) -> Iterator[tuple[Field, str]]:
    for field, most in LONGEST.items():
        length = len(values.get(field) or "")
        if length > most:
            yield field, f"{field.label}最多{most}个字，现在有{length}个字，请缩短。"


def _misplaced(kind: SubjectKind, values: Mapping[Field, Any]) -> Iterator[tuple[Field, str]]:
    allowed = fields_of(kind)
    for field, value in values.items():
        if value not in (None, "") and field not in allowed:
            yield field, f"{kind.label}不填{field.label}，请删去。"


def _unfit(kind: SubjectKind, values: Mapping[Field, Any]) -> Iterator[tuple[Field, str]]:
    sub_kind, industry = values.get(Field.SUB_KIND), values.get(Field.INDUSTRY)
    words = SUB_KINDS.get(kind)
    if sub_kind and words and sub_kind not in [word.value for word in words]:
        yield Field.SUB_KIND, f"小类只能是{'、'.join(word.label for word in words)}，请重选。"
    if industry and kind in ENTERPRISES and industry_called(industry) is None:
        yield Field.INDUSTRY, "不认识这个行业，请按GB/T 4754-2017填写大类的代码或名称，例如 C31。"
    phone = values.get(Field.CONTACT_PHONE)
    if phone and not _PHONE.fullmatch(phone):
        yield Field.CONTACT_PHONE, "联系电话只填数字、空格和短横，例如 0317-5760001。"
    investment = values.get(Field.INVESTMENT)
    if investment is not None and not 0 <= investment <= LARGEST_CNY:
        yield Field.INVESTMENT, "总投资不能是负数，也不能大得离谱，请核对单位（这里以元计）。"


def _out_of_order(kind: SubjectKind, values: Mapping[Field, Any]) -> Iterator[tuple[Field, str]]:
    for first, last in _IN_ORDER:
        begins: date | None = values.get(first)
        ends: date | None = values.get(last)
        if begins and ends and ends < begins:
            yield last, f"{last.label}不能早于{first.label}，请核对。"
