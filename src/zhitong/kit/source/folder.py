"""A folder of a campaign, a card or any other thing that people keep as text files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from zhitong.kit.source.loader import load
from zhitong.kit.source.rows import Finding, Row


class Source:
    """A folder of files, each read once; `findings` holds what could not be read, each said once.

    Rooms read what they need and return the findings of their own checks;
    whoever composes the rooms adds `source.findings` at the end.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.findings: list[Finding] = []
        self._read: dict[str, Any] = {}

    def names(self, pattern: str) -> list[str]:
        """The names of the files that fit a pattern such as `cards/*.yaml`, in order."""
        return sorted(path.relative_to(self.folder).as_posix() for path in self.folder.glob(pattern))

    def has(self, name: str) -> bool:
        return (self.folder / name).is_file()

    def yaml(self, name: str) -> Any:
        """What a YAML file says; mappings are `Row`. None when it cannot be read."""
        if name not in self._read:
            text = self._text(name)
            self._read[name] = None if text is None else self._load(name, text)
        return self._read[name]

    def rows(self, name: str) -> list[Row]:
        """A YAML file that is a list of mappings."""
        value = self.yaml(name)
        if value is None:
            return []
        if not isinstance(value, list):
            self._say(name, 1, "这个文件应当是一个列表，每一项以“- ”开头，请按列表改写。")
            return []
        if any(not isinstance(item, Row) for item in value):
            self._say(name, 1, "列表里有的项不是“字段: 值”的写法，请把每一项都写成“- 字段: 值”。")
        return [item for item in value if isinstance(item, Row)]

    def row(self, name: str) -> Row:
        """A YAML file that is one mapping; an empty one when it cannot be read."""
        value = self.yaml(name)
        if isinstance(value, Row):
            return value
        if value is not None:
            self._say(name, 1, "这个文件应当写成一行一个“字段: 值”，请改写。")
        return Row(name, 1)

    def table(self, name: str, columns: Sequence[str], optional: Sequence[str] = ()) -> list[Row]:
        """The rows of a tab-separated table with a header; empty cells are left out of the row."""
        if name not in self._read:
            text = self._text(name)
            self._read[name] = [] if text is None else self._cells(name, text, columns, optional)
        rows: list[Row] = self._read[name]
        return rows

    def _say(self, name: str, line: int, message: str) -> None:
        finding = Finding(name, line, message)
        if finding not in self.findings:
            self.findings.append(finding)

    def _text(self, name: str) -> str | None:
        try:
            return (self.folder / name).read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            self._say(name, 1, "缺少这个文件，请补上。")
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            self._say(name, line, "这里的字符不是 UTF-8 编码，请把文件另存为 UTF-8。")
        except OSError as error:
            self._say(name, 1, f"文件打不开（{error.strerror}），请检查它是不是文件、有没有读取权限。")
        return None

    def _load(self, name: str, text: str) -> Any:
        value, findings = load(text, name)
        self.findings += findings
        return value

    def _cells(self, name: str, text: str, columns: Sequence[str], optional: Sequence[str]) -> list[Row]:
        lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line and line[0] != "#"]
        header = lines[0][1].split("\t") if lines else []
        first = lines[0][0] if lines else 1
        for message in _header_faults(header, columns, optional):
            self._say(name, first, message)
        rows = []
        for number, line in lines[1:]:
            cells = line.split("\t")
            if len(cells) != len(header):
                message = f"这一行有 {len(cells)} 格，表头有 {len(header)} 列，请用制表符补齐或删去多余的格。"
                self._say(name, number, message)
                continue
            row = Row(name, number)
            row.update({column: cell for column, cell in zip(header, cells, strict=True) if cell})
            rows.append(row)
        return rows


def _header_faults(header: list[str], columns: Sequence[str], optional: Sequence[str]) -> Iterator[str]:
    for column in columns:
        if column not in header:
            yield f"表头缺少“{column}”列，请补上这一列。"
    for place, column in enumerate(header):
        if column not in columns and column not in optional:
            yield f"表头里的“{column}”列不认识，请改成 {'、'.join([*columns, *optional])} 之一或删去。"
        elif column in header[:place]:
            yield f"表头里“{column}”列写了两遍，请留一列。"
