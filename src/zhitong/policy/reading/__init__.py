"""A file becomes text: `read_file(path)`, `read_bytes(content, name)`; what is no part of the paper is kept as noise."""

from __future__ import annotations

from zhitong.policy.reading.opening import read_bytes, read_file, read_text
from zhitong.policy.reading.refusals import EmptyText, NotReadable, ScanWithoutText, TooLong, Unreadable
from zhitong.policy.reading.shapes import Reading

__all__ = ["EmptyText", "NotReadable", "Reading", "ScanWithoutText", "TooLong", "Unreadable", "read_bytes", "read_file", "read_text"]
