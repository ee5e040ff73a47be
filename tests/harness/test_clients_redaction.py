"""The redactor: what it masks by place, by value and by look, and what it must leave alone."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, is_dataclass
from typing import Any
from urllib.parse import quote, quote_plus

import pytest

import clients
from clients import (
    MASK,
    Answer,
    Attempt,
    Call,
    Exchange,
    FixedHeaders,
    PaymentProvider,
    Redactor,
    TenantSignIn,
    Transport,
    WechatSignIn,
)

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI3In0.c2lnbmF0dXJl"
MOBILE = "13800138000"
ID_NUMBERS = ["11010519491231002X", "11010519491231002x", "440308199901101512"]
SPARED = {
    "id of 18 digits": "110105194912310021",
    "id of 18 digits, no date": "172884213370650624",
    "id of 19 digits": "1728842133706506240",
    "id that begins like a mobile": "138001380001",
    "epoch ms": "1767196800000",
    "epoch s": "1767196800",
    "price": "8.990000",
    "fen": "1380013800",
    "land line": "021-65432100",
    "no mobile": "12800138000",
}
SECRETS = {
    "plain": "pass-word",
    "regex": "a.b*c(d[e^$|",
    "url": "p@ss w/rd&=+%?",
    "percent": "p%41ss",
    "quoted": 'say "密码"\\n',
    "chinese": "密码密码",
    "lines": "two\nlines",
}


def body_of(redactor: Redactor, value: Any) -> Any:
    return json.loads(redactor.body(json.dumps(value, ensure_ascii=False)))


@pytest.mark.parametrize(
    "name",
    [
        "X-Token",
        "SystemToken",
        "accessToken",
        "Authorization",
        "Proxy-Authorization",
        "Cookie",
        "Set-Cookie",
        "X-Pay-Signature",
    ],
)
def test_secret_header_is_masked_in_any_case(name: str) -> None:
    headers = {name: "a", name.upper(): "b", name.lower(): "c"}
    assert Redactor().headers(headers) == dict.fromkeys(headers, MASK)


def test_other_headers_are_kept_but_for_what_looks_secret() -> None:
    headers = {"Content-Type": "application/json", "X-Wx-Appid": "wx1", "X-Trace": f"{JWT} {MOBILE}"}
    assert Redactor().headers(headers) == {**headers, "X-Trace": "*** ***"}


def test_location_header_is_masked_like_a_url() -> None:
    headers = Redactor().headers({"Location": "http://u:pw@h/x?a=1&code=abc#access_token=def"})
    assert headers == {"Location": "http://h/x?a=1&code=***#access_token=***"}


@pytest.mark.parametrize(
    "key",
    [
        *("password", "Password", "newPassword", "user_password", "token", "accessToken", "access_token"),
        *("SYSTEMTOKEN", "X-Token", "secret", "paymentSecret", "signature", "X-Pay-Signature"),
        *("mobile", "memberMobile", "member_mobile", "tel", "email", "idCard"),
    ],
)
def test_secret_key_is_masked_at_any_depth(key: str) -> None:
    value = {"data": [{"in": {key: "x"}}], key: ["y", {"z": 1}], "number": {key: 7}}
    assert body_of(Redactor(), value) == {"data": [{"in": {key: MASK}}], key: MASK, "number": {key: MASK}}


@pytest.mark.parametrize("key", ["name", "hotel", "tokens", "code", "mobileShown", "passwordless", "id"])
def test_other_key_is_kept(key: str) -> None:
    assert body_of(Redactor(), {key: "x"}) == {key: "x"}


def test_secret_key_keeps_the_difference_of_null_empty_and_left_out() -> None:
    assert body_of(Redactor(), [{"token": None}, {"token": ""}, {}]) == [{"token": None}, {"token": MASK}, {}]


@pytest.mark.parametrize("value", [None, True, False, 0, 1.5, "text", [], {}, "0", 1767196800000])
def test_harmless_value_is_kept(value: object) -> None:
    assert Redactor().value({"a": [value]}) == {"a": [value]}


@pytest.mark.parametrize("value", [MOBILE, int(MOBILE), JWT, ID_NUMBERS[0], int(ID_NUMBERS[2])])
def test_personal_value_is_masked_under_any_key_as_text_or_number(value: object) -> None:
    assert body_of(Redactor(), {"anything": [value]}) == {"anything": [MASK]}


def test_secret_as_a_key_is_masked() -> None:
    assert Redactor(["hunter22"]).value({MOBILE: 1, "a hunter22": 2}) == {MASK: 1, "a ***": 2}


@pytest.mark.parametrize(
    ("url", "masked"),
    [
        ("http://user:pass@h:80/x", "http://h:80/x"),
        ("http://user@h/x", "http://h/x"),
        ("http://h/x?code=abc", "http://h/x?code=***"),
        ("http://h/x?a=1%2F2&Code=abc&b=%7B%7D+c&d", "http://h/x?a=1%2F2&Code=***&b=%7B%7D+c&d"),
        ("http://h/x?%63ode=abc", "http://h/x?%63ode=***"),
        ("http://h/x?memberMobile=1&token=&a", "http://h/x?memberMobile=***&token=***&a"),
        (f"http://h/x/{MOBILE}?a={MOBILE}", "http://h/x/***?a=***"),
        ("http://h/x#token=abc", "http://h/x#token=***"),
        ("http://user:pass@[bad?code=abc", "http://[bad?code=***"),
        ("relative?code=abc", "relative?code=***"),
    ],
)
def test_url_loses_its_user_and_its_secret_parameters(url: str, masked: str) -> None:
    assert Redactor().url(url) == masked


@pytest.mark.parametrize(
    "url",
    [
        "http://h/x",
        "http://h/x?eventSearchVO=%257B%257D&searchWord=%E6%98%A5+%25",
        "http://h/x?a=b=c&&d=%zz;e",
        "http://h/x?beginTime=1767196800000&id=172884213370650624",
    ],
)
def test_url_without_secrets_stays_as_it_was_sent(url: str) -> None:
    assert Redactor(["pass-word"]).url(url) == url


@pytest.mark.parametrize("times", [1, 2])
def test_query_that_holds_json_is_looked_into(times: int) -> None:
    value, masked = json.dumps({"keyWord": MOBILE}), json.dumps({"keyWord": "***"})
    for _ in range(times):
        value, masked = quote(value, safe=""), quote(masked, safe="*")
    assert Redactor().url(f"http://h/x?page=1&vo={value}") == f"http://h/x?page=1&vo={masked}"


@pytest.mark.parametrize(
    ("form", "masked"),
    [
        ("publish=true", "publish=true"),
        ("password=p%40ss&a=1+2", "password=***&a=1+2"),
        ("a=1&Access_Token=x", "a=1&Access_Token=***"),
        ("json=%7B%22m%22%3A%2213800138000%22%7D", "json=%7B%22m%22%3A%22***%22%7D"),
        ("empty=&b=", "empty=&b="),
    ],
)
def test_form_is_masked_by_its_fields(form: str, masked: str) -> None:
    assert Redactor().body(form) == masked


@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS)
@pytest.mark.parametrize(
    "spelled",
    [
        str,
        lambda secret: quote(secret, safe=""),
        quote_plus,
        lambda secret: json.dumps(secret)[1:-1],
        lambda secret: json.dumps(secret, ensure_ascii=False)[1:-1],
    ],
    ids=["clear", "quoted", "quoted plus", "json ascii", "json"],
)
def test_known_secret_is_masked_however_it_is_spelled(secret: str, spelled: Any) -> None:
    assert Redactor([secret]).text(f"before {spelled(secret)} after") == "before *** after"


@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS)
def test_known_secret_is_masked_in_url_header_and_body(secret: str) -> None:
    redactor = Redactor([secret])
    assert redactor.url(f"http://h/x?a={quote_plus(secret)}") == "http://h/x?a=***"
    assert redactor.headers({"X-Trace": secret}) == {"X-Trace": MASK}
    assert body_of(redactor, {"a": f"<{secret}>"}) == {"a": "<***>"}
    assert redactor.body(f"a={quote_plus(secret)}") == "a=***"


@pytest.mark.parametrize(("secret", "masked"), [("", "abcd"), ("abc", "abcd"), ("abcd", MASK)])
def test_secret_under_four_characters_is_left_to_the_rules_by_place(secret: str, masked: str) -> None:
    redactor = Redactor([secret])
    assert redactor.text("abcd") == masked
    assert redactor.value({"password": secret}) == {"password": MASK}


def test_longer_secret_is_masked_whole() -> None:
    redactor = Redactor(["pass", "pass-word", "word"])
    assert redactor.text("pass-word pass word wordpass") == "*** *** *** ******"


def test_secret_learnt_later_is_masked_from_then_on() -> None:
    redactor = Redactor()
    before = redactor.text("later")
    redactor.learn("later")
    assert (before, redactor.text("later")) == ("later", MASK)


def test_secrets_may_be_learnt_by_many_threads() -> None:
    redactor = Redactor()
    secrets = [f"secret-{number:04}" for number in range(200)]
    with ThreadPoolExecutor(16) as threads:
        list(threads.map(redactor.learn, secrets))
    assert redactor.text(" ".join(secrets)).split() == [MASK] * len(secrets)


@pytest.mark.parametrize("found", [MOBILE, f"+86{MOBILE}", f"0086{MOBILE}", *ID_NUMBERS])
@pytest.mark.parametrize("around", ["{}", "号码{}。", '"{}"', "a{}b", "-{}-"])
def test_personal_text_is_masked_by_its_look(found: str, around: str) -> None:
    assert Redactor().text(around.format(found)) == around.format(MASK)


@pytest.mark.parametrize("around", ["{}", "令牌{}。", '"{}"', "Bearer {},"])
def test_web_token_is_masked_by_its_look(around: str) -> None:
    assert Redactor().text(around.format(JWT)) == around.format(MASK)


@pytest.mark.parametrize("spared", SPARED.values(), ids=SPARED)
@pytest.mark.parametrize("around", ["{}", "编号{}。", '"{}"', "a{}b"])
def test_other_number_survives(spared: str, around: str) -> None:
    assert Redactor().text(around.format(spared)) == around.format(spared)


@pytest.mark.parametrize("last", "0123456789X")
def test_id_number_is_told_by_its_check_digit(last: str) -> None:
    number = f"44030819990110151{last}"
    assert (Redactor().text(number) == MASK) == (last == "2")


@pytest.mark.parametrize(
    ("body", "masked"),
    [
        ('{"password": "hunter"', '{"password": "***"'),
        ('{"a": {"Token":"x\\"y", "b": 1', '{"a": {"Token":"***", "b": 1'),
        ("{'mobile': 7, 'b': 1}", "{'mobile': \"***\", 'b': 1}"),
        ('{"token": null, "password": "cut of', '{"token": null, "password": "***"'),
        ('{"hotel": "x", "tokens": "y"', '{"hotel": "x", "tokens": "y"'),
        ("<a href='/login?x=1&code=abc'>", "<a href='/login?x=1&code=***'>"),
        ("see http://user:pass@h/x", "see http://h/x"),
        ("mail someone@example.test", "mail someone@example.test"),
    ],
)
def test_text_that_is_no_json_is_masked_by_place_too(body: str, masked: str) -> None:
    assert Redactor().body(body) == masked


def test_json_with_a_key_twice_shows_neither_value() -> None:
    masked = Redactor().body('{"password": "one", "password": "two", "a": {"token": "three"}, "a": 1}')
    assert {"one", "two", "three"} & set(masked.split('"')) == set()


@pytest.mark.parametrize("body", ['{"a": NaN, "token": "x"}', '{"a": -Infinity, "token": "x"}'])
def test_json_with_no_number_is_masked(body: str) -> None:
    assert Redactor().body(body) == body.replace('"x"', '"***"')


@pytest.mark.parametrize("depth", [300, 900, 100_000])
def test_deep_json_is_masked(depth: int) -> None:
    body = "[" * depth + '{"password": "hunter"}' + "]" * depth
    assert Redactor().body(body) == body.replace("hunter", MASK)


def test_huge_number_is_kept_beside_a_masked_secret() -> None:
    body = '{"password": "x", "a": ' + "9" * 5000 + "}"
    assert Redactor().body(body) == body.replace('"x"', '"***"')


def test_half_an_emoji_stays_escaped() -> None:
    assert Redactor().body('{"name": "\\ud83d", "whole": "😀"}') == '{"name": "\\ud83d", "whole": "😀"}'


@pytest.mark.parametrize("body", ["", " ", "text", "a b=c", "=", "<html a=b>", "活动"])
def test_other_text_is_kept(body: str) -> None:
    assert Redactor(["pass-word"]).body(body) == body


def test_chinese_stays_readable() -> None:
    assert Redactor().body('{"name":"\\u6d3b动"}') == '{"name": "活动"}'


def exchange() -> Exchange:
    headers = {"X-Token": "s3cr3t"}
    url = "http://u:s3cr3t@h/x?code=s3cr3t"
    return Exchange(
        "c", "a", "GET", url, headers, "s3cr3t", 200, headers, "s3cr3t", (Attempt(1, "200", 1.0),)
    )


@pytest.mark.parametrize(
    "holder",
    [
        exchange(),
        Answer("0", "ok", {"token": "s3cr3t"}, 200, exchange()),
        Call("member.wechat.login", "a", "GET", "wechat/login", {"code": "s3cr3t"}),
        FixedHeaders({"X-Token": "s3cr3t"}),
        TenantSignIn("a", "admin", "s3cr3t"),
        WechatSignIn("a", "wx1", "s3cr3t"),
        Redactor(["s3cr3t"]),
        PaymentProvider(Transport("http://h"), "s3cr3t"),
    ],
    ids=lambda holder: type(holder).__name__,
)
def test_repr_shows_no_secret(holder: object) -> None:
    assert "s3cr3t" not in repr(holder)


def test_every_exported_dataclass_is_known_here() -> None:
    exported = {name: getattr(clients, name) for name in clients.__all__}
    dataclasses = {name: kind for name, kind in exported.items() if is_dataclass(kind)}
    assert set(dataclasses) == {
        "Anonymous",
        "Answer",
        "Attempt",
        "Call",
        "Exchange",
        "FixedHeaders",
        "Limits",
        "Permissions",
        "Stop",
        "Traffic",
    }
    shown = {name: {field.name for field in fields(kind) if field.repr} for name, kind in dataclasses.items()}
    assert shown["Exchange"] == {"call", "actor", "method", "status", "attempts"}
    assert shown["Answer"] == {"code", "message", "http_status", "total", "page", "size"}
    assert shown["Call"] == {"name", "actor", "method", "path", "file"}


def test_masking_by_keys_leaves_the_rest_to_the_text() -> None:
    value = {"token": "x", "mobile": None, "rows": [{"memberMobile": [1]}, f"call {MOBILE}"], "n": 1.5}

    masked = Redactor().by_keys(value)

    rows = [{"memberMobile": MASK}, f"call {MOBILE}"]
    assert masked == {"token": MASK, "mobile": None, "rows": rows, "n": 1.5}
    assert MOBILE not in Redactor().text(json.dumps(masked))
