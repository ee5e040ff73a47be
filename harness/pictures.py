"""Reads the pictures that the platform draws, with the QR codes in them, so that they can be judged."""

import io
from dataclasses import dataclass
from typing import Any

import zxingcpp
from PIL import Image

from clients import Exchange, PlatformFailure
from harness.headers import content_type

QR_CODES = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


@dataclass(frozen=True)
class Picture:
    """A picture: its format as Pillow names it (`PNG`), its size in pixels, and what its QR codes say."""

    format: str
    width: int
    height: int
    links: tuple[str, ...]


def picture_of(content: bytes) -> Picture:
    """The content of a picture file; raises `PlatformFailure` for what is none, or breaks off."""
    try:
        with Image.open(io.BytesIO(content)) as image:
            read = image.convert("L")  # reads every pixel, so that a file cut short is seen
            found = zxingcpp.read_barcodes(read, formats=QR_CODES)
            links = tuple(code.text for code in found)
            return Picture(image.format or "", image.width, image.height, links)
    except Exception as error:  # whatever a decoder breaks with, it breaks by the file
        raise PlatformFailure(f"返回的文件不是能打开的图片：{error!r}（{len(content)} 字节）") from None


def picture_document(exchange: Exchange) -> dict[str, Any]:
    """A picture's answer as a schema judges it: `{contentType, format, width, height, links}`."""
    picture = picture_of(exchange.file or b"")
    return {
        "contentType": content_type(exchange),
        "format": picture.format,
        "width": picture.width,
        "height": picture.height,
        "links": list(picture.links),
    }
