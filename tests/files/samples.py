"""Files as people send them, made here byte by byte or by the library that reads them."""

from __future__ import annotations

import struct
import wave
import zipfile
from io import BytesIO

from PIL import Image

from zhitong.domain.files.actions import Upload

ORIENTATION, GPS, LATITUDE = 0x0112, 0x8825, 2
WORD, SHEET = "word", "xl"
_MAIN = {
    WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    SHEET: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}


def photo(
    format: str = "JPEG", size: tuple[int, int] = (60, 40), *, turned: int | None = None, east: object = (116.0, 50.0, 6.0)
) -> bytes:
    """A picture with a place in it, held as a phone held sideways tells."""
    exif = Image.Exif()
    exif[0x010F] = "DemoPhone"
    exif.get_ifd(GPS).update({1: "N", LATITUDE: (38.0, 18.0, 7.0), 3: "E", 4: east})
    if turned:
        exif[ORIENTATION] = turned
    picture = Image.new("RGB", size, (200, 30, 30))
    picture.paste((30, 30, 200), (0, 0, size[0] // 2, size[1]))
    out = BytesIO()
    picture.save(out, format, exif=exif, **({"comment": b"place: demo"} if format == "JPEG" else {}))
    return out.getvalue()


def paper(part: str = WORD, *, more: dict[str, bytes] | None = None, main: str | None = None) -> bytes:
    """A Word or Excel paper with as little in it as makes one."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types><Override ContentType="{main or _MAIN[part]}"/></Types>')
        for name, content in (more or {f"{part}/document.xml": b"<document/>"}).items():
            archive.writestr(name, content)
    return out.getvalue()


def pdf(inside: bytes = b"") -> bytes:
    """A page of nothing."""
    return b"%PDF-1.4\n1 0 obj<</Type/Catalog" + inside + b">>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def wav(seconds: int = 2) -> bytes:
    """Silence."""
    out = BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(b"\x80" * 8000 * seconds)
    return out.getvalue()


def amr(seconds: int = 2) -> bytes:
    """What a cheap phone records: frames of 20 ms and 13 bytes."""
    return b"#!AMR\n" + (b"\x04" + bytes(12)) * (50 * seconds)


def aac(seconds: int = 2) -> bytes:
    """Frames of 1024 samples at 16 kHz, seven bytes of head and one of sound each."""
    frame = bytes([0xFF, 0xF1, 0x60, 0x40, 0x01, 0x1F, 0xFC, 0x00])
    return frame * (16_000 * seconds // 1024)


def mp3(seconds: int = 2) -> bytes:
    """Frames of 1152 samples at 44.1 kHz and 32 kbit/s."""
    frame = bytes([0xFF, 0xFB, 0x10, 0xC4]) + bytes(100)
    return frame * (44_100 * seconds // 1152)


def m4a(seconds: int = 2, *, brand: bytes = b"M4A ", handler: bytes = b"soun") -> bytes:
    """The boxes that tell how long a recording lasts, without the sound."""
    mvhd = struct.pack(">IIIII", 0, 0, 0, 1000, 1000 * seconds) + bytes(80)
    hdlr = bytes(8) + handler + bytes(12)
    return _box(b"ftyp", brand + bytes(4)) + _box(b"moov", _box(b"mvhd", mvhd) + _box(b"hdlr", hdlr))


def ogg(seconds: int = 2) -> bytes:
    """An Opus recording: its head, its tags, one page of sound that ends at 48 000 samples a second."""
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 0, 48_000, 0, 0)
    tags = b"OpusTags" + struct.pack("<II", 0, 0)
    return _page(head, 2, 0, 0) + _page(tags, 0, 1, 0) + _page(bytes(40), 4, 2, 48_000 * seconds)


def _page(content: bytes, flags: int, number: int, samples: int) -> bytes:
    return b"OggS" + struct.pack("<BBqIIIBB", 0, flags, samples, 1, number, 0, 1, len(content)) + content


def _box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + name + content


def upload(name: str = "现场.jpg", content: bytes | None = None, *, size: int | None = None) -> Upload:
    """A file as a door hands it over."""
    sent = photo() if content is None else content
    return Upload(name, len(sent) if size is None else size, BytesIO(sent))
