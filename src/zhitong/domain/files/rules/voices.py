"""Recordings: how long one lasts, as far as its container tells. Pure."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

from tinytag import TinyTag

from zhitong.domain.files.rules.kinds import LONGEST_VOICE, FileFormat, Unfit, damaged, read_as

# Bytes of a frame of 20 ms with its own first byte, by the type that byte names (RFC 4867, 5.3).
_NARROW = (13, 14, 16, 18, 20, 21, 27, 32, 6, 1, 1, 1, 1, 1, 1, 1)
_WIDE = (18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 1, 1, 1, 1, 1, 1)
_AMR_HEADS = {b"#!AMR-WB\n": _WIDE, b"#!AMR\n": _NARROW}
_ADTS_RATES = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350)
_ADTS_SAMPLES = 1024


def length_of(content: bytes, format: FileFormat) -> timedelta | None:
    """How long a recording lasts; None where its container does not tell.

    Raises Unfit: it cannot be read, or is longer than LONGEST_VOICE.
    """
    length = _told_length(content, format)
    if length is not None and length > LONGEST_VOICE:
        most = LONGEST_VOICE // timedelta(minutes=1)
        raise Unfit(f"的录音长于{most}分钟", f"请截取要紧的一段（{most}分钟以内），或者把内容写成文字")
    return length


def _told_length(content: bytes, format: FileFormat) -> timedelta | None:
    if format is FileFormat.AMR:
        return _amr_length(content)
    if format is FileFormat.AAC:
        return _adts_length(content)
    with read_as(format):
        told = TinyTag.get(file_obj=BytesIO(content), tags=False).duration
        length = timedelta(seconds=told) if told else None
    if length is None and format is not FileFormat.M4A:  # an M4A written while it was recorded may not tell
        raise damaged(format)
    return length


def _amr_length(content: bytes) -> timedelta:
    head, sizes = next((head, sizes) for head, sizes in _AMR_HEADS.items() if content.startswith(head))
    place, frames = len(head), 0
    while place < len(content):
        place += sizes[content[place] >> 3 & 0xF]
        frames += 1
    return timedelta(milliseconds=20 * frames)


def _adts_length(content: bytes) -> timedelta | None:
    """Frames counted one by one up to the first that is none (a tag at the end)."""
    place, seconds = 0, 0.0
    while place + 6 < len(content) and content[place] == 0xFF and content[place + 1] & 0xF6 == 0xF0:
        rate = content[place + 2] >> 2 & 0xF
        size = (content[place + 3] & 3) << 11 | content[place + 4] << 3 | content[place + 5] >> 5
        if rate >= len(_ADTS_RATES) or size < 7:
            break
        place, seconds = place + size, seconds + _ADTS_SAMPLES / _ADTS_RATES[rate]
    return timedelta(seconds=seconds) if seconds else None
