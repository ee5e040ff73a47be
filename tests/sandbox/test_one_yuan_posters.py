"""The picture for Moments: a PNG whose QR code is the shared link."""

import io
from urllib.parse import parse_qs, urlsplit

import zxingcpp
from PIL import Image

from sandbox import Sandbox
from tests.sandbox.actors import Actor, member
from tests.sandbox.one_yuan import change_product, make_product, opening, refund


def picture_of(who: Actor, group_id: str) -> Image.Image:
    answer = who.get(f"/one_yuan/groups/{group_id}/poster")
    assert (answer.status, answer.response.mimetype) == (200, "image/png")
    image = Image.open(io.BytesIO(answer.response.data))
    assert image.format == "PNG"
    return image


def test_poster_is_large_and_holds_the_shared_link(admin: Actor, plain: Actor) -> None:
    product_id = make_product(admin)
    _, group_id = opening(admin, plain, product_id)
    image = picture_of(plain, group_id)
    assert image.width >= 600
    assert image.height >= 800
    (code,) = zxingcpp.read_barcodes(image)
    link = urlsplit(code.text)
    assert (link.scheme, link.netloc) == ("http", "localhost")
    assert parse_qs(link.query) == {"productId": [product_id], "groupId": [group_id]}


def test_code_of_a_poster_is_framed_in_white(admin: Actor, plain: Actor) -> None:
    _, group_id = opening(admin, plain, make_product(admin))
    image = picture_of(plain, group_id).convert("RGB")
    (code,) = zxingcpp.read_barcodes(image)
    corner = code.position.top_left
    frame = image.crop((corner.x - 40, corner.y - 40, corner.x - 2, corner.y + 300))
    assert frame.getcolors() == [(frame.width * frame.height, (255, 255, 255))]


def test_posters_of_two_groups_differ(admin: Actor, plain: Actor) -> None:
    groups = [opening(admin, plain, make_product(admin))[1] for _ in range(2)]
    texts = [zxingcpp.read_barcodes(picture_of(plain, group_id))[0].text for group_id in groups]
    assert [group_id in text for group_id, text in zip(groups, texts, strict=True)] == [True, True]


def test_anyone_may_have_the_poster_of_an_ended_group(app: Sandbox, admin: Actor, plain: Actor) -> None:
    product_id = make_product(admin)
    line, group_id = opening(admin, plain, product_id)
    refund(admin, line)
    change_product(admin, product_id, isShow=0)
    elsewhere = member(app, "plain", "wx-sandbox-other")
    assert len(zxingcpp.read_barcodes(picture_of(elsewhere, group_id))) == 1
