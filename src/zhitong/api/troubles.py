"""What is wrong with the fields of a call, in sentences: pydantic's kinds of error told in Chinese."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

_KINDS = {
    "missing": "缺少这一项，请补上。",
    "extra_forbidden": "没有这一项，请删去或核对拼写。",
    "model_attributes_type": "应为一个对象（花括号）。",
    "model_type": "应为一个对象（花括号）。",
    "dict_type": "应为一个对象（花括号）。",
    "list_type": "应为一个列表（方括号）。",
    "string_type": "应为文字（加引号）。",
    "string_too_short": "不能少于{min_length}个字。",
    "string_too_long": "不能多于{max_length}个字。",
    "too_long": "最多{max_length}项。",
    "too_short": "至少{min_length}项。",
    "int_type": "应为整数。",
    "int_parsing": "应为整数，只写数字。",
    "int_from_float": "应为整数，不要小数。",
    "int_parsing_size": "数太大，请核对。",
    "bool_type": "应为 true 或 false。",
    "bool_parsing": "应为 true 或 false。",
    "greater_than_equal": "不能小于{ge}。",
    "less_than_equal": "不能大于{le}。",
    "enum": "没有这个选项，可选：{expected}。",
}
_BY_START = {
    "uuid": "应为UUID，例如 018f3a5c-0000-7000-8000-000000000000。",
    "date": "应为日期，例如 2018-09-17。",
}
OTHERWISE = "内容或格式不对，请核对接口文档。"
SAID = "said"
"""The kind of our own errors, whose message is a sentence already."""


def troubles_of(errors: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """A sentence for each wrong field, by its path without the place it came from; the first of several counts."""
    found: dict[str, str] = {}
    for error in errors:
        found.setdefault(_path(error["loc"]), _sentence(error))
    return found


def _path(loc: Sequence[str | int]) -> str:
    """`("body", "said", "problems", 0, "text")` → `problems.0.text`; what concerns the whole body is `body`."""
    place, *rest = loc
    if place == "body":
        del rest[:1]  # the name that our own function gives the body
    return ".".join(str(step) for step in rest) or str(place)


def _sentence(error: Mapping[str, Any]) -> str:
    kind = str(error["type"])
    if kind == SAID:
        return str(error["msg"])
    sentence = _KINDS.get(kind) or next((words for start, words in _BY_START.items() if kind.startswith(start)), OTHERWISE)
    context = dict(error.get("ctx", {}))
    if kind == "enum":
        context["expected"] = "、".join(re.findall("'([^']+)'", str(context["expected"])))
    return sentence.format_map(context)
