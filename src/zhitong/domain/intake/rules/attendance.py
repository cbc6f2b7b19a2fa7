"""Whether a firm that was invited came. Pure."""

from __future__ import annotations

from zhitong.kit.choices import Word


class Attendance(Word):
    """How an invitation to a symposium was met."""

    CAME = "came", "到会"
    EXCUSED = "excused", "请假"
    DECLINED = "declined", "谢绝"
    ABSENT = "absent", "未到"
