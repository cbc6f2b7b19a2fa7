"""YAML as 1.2 has it, read by PyYAML: only true and false are truth values, `on` and `no` are words,
`08:30` and a number with a leading zero are text, a day is a date, every key is text; mappings are rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import yaml

from zhitong.kit.source.rows import Finding, Row

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load(text: str, file: str) -> tuple[Any, list[Finding]]:
    """What the text says, and what is wrong with it; the value is None when it cannot be read to the end."""
    try:
        loader = Loader(text, file)
        return loader.get_single_data(), loader.findings
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        why = getattr(error, "problem", None) or "有不能出现的字符"
        message = f"写法有误，读不下去（{why}），请检查缩进、冒号后的空格和引号。"
        return None, [Finding(file, mark.line + 1 if mark else 1, message)]


class Loader(_Base):  # type: ignore[misc]
    """A safe YAML loader whose mappings are rows with lines, and whose plain words stay words."""

    # Begun empty: PyYAML's own list would read `on` as true and 13:30 as 810.
    yaml_implicit_resolvers: dict[str, Any] = {}

    def __init__(self, text: str, file: str) -> None:
        super().__init__(text)
        self.file = file
        self.findings: list[Finding] = []

    def row(self, node: yaml.MappingNode) -> Iterator[Row]:
        row = Row(self.file, node.start_mark.line + 1)
        yield row
        self._say_doubles(node)
        self.flatten_mapping(node)
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._say(key, "字段名应当是一个词，请改写。")
                continue
            row.lines[key.value] = key.start_mark.line + 1
            row[key.value] = self.construct_object(value)

    def day(self, node: yaml.ScalarNode) -> date | None:
        try:
            return date.fromisoformat(node.value)
        except ValueError:
            self._say(node, f"没有“{node.value}”这一天，请改成存在的日期。")
            return None

    def _say_doubles(self, node: yaml.MappingNode) -> None:
        seen: dict[str, int] = {}
        for key, _value in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                self._say(key, f"“{key.value}”在第 {seen[key.value]} 行已经写过，请删去一处。")
            elif isinstance(key, yaml.ScalarNode):
                seen[key.value] = key.start_mark.line + 1

    def _say(self, node: yaml.Node, message: str) -> None:
        self.findings.append(Finding(self.file, node.start_mark.line + 1, message))


_PLAIN = {
    "bool": (r"true|false", "tf"),
    "int": (r"-?(?:0|[1-9][0-9]*)", "-0123456789"),
    "float": (r"-?(?:0|[1-9][0-9]*)\.[0-9]+", "-0123456789"),
    "null": (r"~|null|", ["~", "n", ""]),
    "timestamp": (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "0123456789"),
    "merge": (r"<<", "<"),
}
for _tag, (_pattern, _first) in _PLAIN.items():
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), list(_first))
Loader.add_constructor("tag:yaml.org,2002:map", Loader.row)
Loader.add_constructor("tag:yaml.org,2002:timestamp", Loader.day)
