"""Folders of text that people write: YAML and tables in which every row knows its file and line.

Reading never raises. What cannot be read is a `Finding`: a Chinese sentence for the person who wrote the file.

    source = Source(folder)
    for row in source.rows("lines.yaml"):
        findings += fields(row, {"code": str, "name": str}, optional={"vertical": bool})
        lines.append(LineRow(code=row.text("code"), name=row.text("name"), vertical=row.flag("vertical")))
"""

from zhitong.kit.source.checks import fields, known, require, unique
from zhitong.kit.source.folder import Source
from zhitong.kit.source.rows import Finding, Row, Severity, as_text

__all__ = ["Finding", "Row", "Severity", "Source", "as_text", "fields", "known", "require", "unique"]
