"""A group's picture for Moments (朋友圈): what is on offer, and a QR code of the shared link."""

import io
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from sandbox.models import OneYuanGroup
from sandbox.rules.qr_pictures import qr_picture

SIZE: Final = (750, 1100)
LINK: Final = "{host}one_yuan/products?productId={product}&groupId={group}"
RED: Final = "#d7263d"
WHITE: Final = "#ffffff"
GREY: Final = "#555555"
QR_TOP: Final = 420


def poster(group: OneYuanGroup, host: str) -> bytes:
    """A PNG. Without words in Chinese, for which a machine may have no font. `host` ends in a slash."""
    image = Image.new("RGB", SIZE, WHITE)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, SIZE[0], 360), fill=RED)
    draw.ellipse((60, 60, 300, 300), fill=WHITE)
    _write(draw, (180, 180), "1", 180, RED)
    _write(draw, (520, 130), "YUAN", 90, WHITE)
    _write(draw, (520, 250), f"1 + {group.need_num}", 80, WHITE)
    code = Image.open(io.BytesIO(qr_picture(link_of(group, host), scale=10)))
    image.paste(code, ((SIZE[0] - code.width) // 2, QR_TOP))
    _write(draw, (SIZE[0] // 2, QR_TOP + code.height + 60), f"GROUP {group.id}", 36, GREY)
    return _png(image)


def link_of(group: OneYuanGroup, host: str) -> str:
    return LINK.format(host=host, product=group.one_yuan_products_id, group=group.id)


def _write(draw: ImageDraw.ImageDraw, middle: tuple[int, int], words: str, size: int, colour: str) -> None:
    draw.text(middle, words, fill=colour, font=ImageFont.load_default(size), anchor="mm")


def _png(image: Image.Image) -> bytes:
    content = io.BytesIO()
    image.save(content, "PNG")
    return content.getvalue()
