"""Photos: drawn anew so that nothing but the picture stays; where it was taken is read apart, and only where asked. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from threading import BoundedSemaphore

from PIL import Image, ImageFile, ImageOps, JpegImagePlugin

from zhitong.domain.files.rules.kinds import FileFormat, Unfit, read_as
from zhitong.domain.files.rules.places import Place, place_told

MOST_PIXELS = 64_000_000
SMALL = (320, 320)
AT_ONCE = BoundedSemaphore(2)
"""A large photo unpacks to 200 MB; so many may do so in one process at a time."""
_READERS = {FileFormat.JPEG: "JPEG", FileFormat.PNG: "PNG", FileFormat.WEBP: "WEBP"}
_ORIENTATION, _GPS = 0x0112, 0x8825


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo drawn anew, a small JPEG of it for lists, and where it was taken as far as it told."""

    content: bytes
    small: bytes
    place: Place | None = None


def drawn_anew(content: bytes, format: FileFormat) -> Photo:
    """The picture alone: place, time, device, comments and whatever hung on behind it are gone, its orientation stays.

    A JPEG keeps its own tables of quantisation, so that drawing it anew is not seen.
    Raises Unfit: it cannot be read to the end, moves, or has more pixels than phones make.
    """
    with AT_ONCE, read_as(format), _opened(content, format) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise _too_many_pixels()
        if getattr(picture, "is_animated", False) and picture.format != "MPO":
            raise Unfit("是动图", "请截成一张照片再传")
        picture.load()
        return Photo(_written(picture, format), _small(picture), place_told(picture.getexif().get_ifd(_GPS)))


def _opened(content: bytes, format: FileFormat) -> ImageFile.ImageFile:
    try:
        return Image.open(BytesIO(content), formats=[_READERS[format]])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error


def _too_many_pixels() -> Unfit:
    return Unfit("的像素太多", "请用手机的普通拍摄模式重拍，或者截图后再传")


def _written(picture: ImageFile.ImageFile, format: FileFormat) -> bytes:
    exif = Image.Exif()
    turned = picture.getexif().get(_ORIENTATION)
    if turned in range(2, 9):
        exif[_ORIENTATION] = turned
    out = BytesIO()
    kept = {"exif": exif.tobytes() if turned in range(2, 9) else b"", "icc_profile": picture.info.get("icc_profile")}
    if isinstance(picture, JpegImagePlugin.JpegImageFile):
        picture.save(
            out, "JPEG", qtables=picture.quantization, subsampling=JpegImagePlugin.get_sampling(picture), comment=b"",
            **kept,
        )
    elif format is FileFormat.PNG:
        picture.save(out, "PNG", **kept)
    else:
        picture.save(out, "WEBP", quality=90, xmp=b"", **kept)
    return out.getvalue()


def _small(picture: Image.Image) -> bytes:
    small = ImageOps.exif_transpose(ImageOps.contain(picture, SMALL)).convert("RGBA")
    page = Image.new("RGB", small.size, "white")
    page.paste(small, mask=small.getchannel("A"))
    out = BytesIO()
    page.save(out, "JPEG", quality=80)
    return out.getvalue()
