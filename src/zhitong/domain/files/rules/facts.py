"""The kinds of facts a file leaves. They name it by its digest alone; a name may tell of persons."""

from __future__ import annotations

from zhitong.kit.choices import Word


class FileFact(Word):
    """What happened to a file."""

    STORED = "file.stored", "上传附件"
    ATTACHED = "file.attached", "附上附件"
    INFECTED = "file.infected", "附件查出病毒，已隔离"
