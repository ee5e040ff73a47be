"""Pictures are opened to their last pixel, and what their QR codes say is read."""

import io
from dataclasses import replace

import pytest
import segno
from PIL import Image

from clients import Exchange, PlatformFailure
from harness.answer_schemas import Verdict, judge
from harness.pictures import Picture, picture_document, picture_of
from tests.harness.exports import export

LINK = "https://m.example.test/one-yuan?productId=7&groupId=8"


def poster(*links: str, format_: str = "PNG", size: tuple[int, int] = (600, 800)) -> bytes:
    """A white picture with these QR codes, one below the other."""
    canvas = Image.new("RGB", size, "white")
    for number, link in enumerate(links):
        drawn = io.BytesIO()
        segno.make(link).save(drawn, kind="png", scale=6, border=4)
        canvas.paste(Image.open(drawn), (10, 10 + 300 * number))
    content = io.BytesIO()
    canvas.save(content, format_)
    return content.getvalue()


def answered(content: bytes, content_type: str = "image/png") -> Exchange:
    made = export(content, Content_Type=content_type)
    return replace(made, call="member.one_yuan_groups.poster")


def test_picture_tells_its_format_size_and_links() -> None:
    assert picture_of(poster(LINK)) == Picture("PNG", 600, 800, (LINK,))


def test_link_may_be_chinese() -> None:
    assert picture_of(poster("https://m.example.test/拼?团=1")).links == ("https://m.example.test/拼?团=1",)


def test_picture_may_have_no_link() -> None:
    assert picture_of(poster()).links == ()


@pytest.mark.parametrize("content", [b"", b"<html>", poster(LINK)[:-200], b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_whole_picture_is_told(content: bytes) -> None:
    with pytest.raises(PlatformFailure, match="不是能打开的图片") as caught:
        picture_of(content)

    assert f"{len(content)} 字节" in str(caught.value)


def test_picture_is_judged_by_type_size_and_link() -> None:
    assert picture_document(answered(poster(LINK), "image/png; q=1")) == {
        "contentType": "image/png",
        "format": "PNG",
        "width": 600,
        "height": 800,
        "links": [LINK],
    }
    assert judge(answered(poster(LINK))) == Verdict()


@pytest.mark.parametrize(
    ("exchange", "error"),
    [
        (answered(poster(LINK), "application/octet-stream"), "contentType: "),
        (answered(poster(LINK, format_="JPEG")), "format: "),
        (answered(poster(size=(600, 800))), "links: [] should be non-empty"),
        (answered(poster(LINK, LINK)), "links: "),
        (answered(poster(LINK, size=(600, 199))), "height: 199 is less than"),
        (answered(b"<html>"), "返回的文件不是能打开的图片"),
    ],
)
def test_poster_that_is_not_as_it_should_be_breaks_its_schema(exchange: Exchange, error: str) -> None:
    assert any(told.startswith(error) for told in judge(exchange).errors)
