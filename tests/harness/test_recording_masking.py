"""Placeholders: equal for equal secrets, of the secret's shape, and back again."""

import json
import re
from typing import Any

import jwt
import pytest

from clients import Redactor
from harness.recording.masking import PLACEHOLDER, Masker, kind_of, numbered
from harness.recording.restoring import Secrets, agreement, made_up

KEY = b"k" * 32
MOBILE, OTHER_MOBILE = "13912345678", "13912345679"
ID_NUMBER = "11010519491231002X"
TOKEN = jwt.encode({"sub": "7", "mobile": MOBILE}, "s" * 32, algorithm="HS256")


def masked(value: Any, *secrets: str) -> Any:
    (line,) = numbered([json.dumps(Masker(Redactor(secrets), KEY).value(value))])
    return json.loads(line)


def test_equal_secrets_have_one_number() -> None:
    seen = masked([MOBILE, f"call {OTHER_MOBILE} or {MOBILE}", {"tel": MOBILE}])

    assert seen == [
        "***mobile:1***",
        "call ***mobile:2*** or ***mobile:1***",
        {"tel": "***mobile:1***"},
    ]


@pytest.mark.parametrize(
    ("secret", "kind"),
    [
        (MOBILE, "mobile"),
        (ID_NUMBER, "id"),
        (TOKEN, "jwt"),
        ("hunter2", "text7"),
        (int(MOBILE), "int"),
        (True, "value"),
        ([MOBILE], "value"),
        (None, None),
        ("", None),
    ],
)
def test_placeholder_has_the_shape_of_what_stands_under_a_secret_s_key(secret: Any, kind: str | None) -> None:
    (seen,) = masked([{"password": secret}])

    assert seen["password"] == (secret if kind is None else f"***{kind}:1***")


def test_mask_that_stands_there_already_is_kept() -> None:
    masker = Masker(Redactor(), KEY)
    once = masker.value({"password": "hunter2", "form": json.dumps({"token": "t" * 9}), "u": "?token=abc"})

    assert masker.value(once) == once


def test_json_within_text_is_masked_by_its_keys() -> None:
    inside = json.dumps({"a": json.dumps({"password": "hunter2", "b": [1]}), "plain": "甲"})

    seen = masked({"form": inside})

    assert json.loads(json.loads(seen["form"])["a"]) == {"password": "***text7:1***", "b": [1]}


def test_text_without_secrets_stays_to_the_letter() -> None:
    plain = ['{ "a" :1}', "{not json", "[]", "a***b", "138****0000", "***", 1.0, 1, True, None]

    assert masked(plain) == plain


def test_key_of_another_run_gives_other_digests() -> None:
    one, other = (Masker(Redactor(), key).text(MOBILE) for key in (KEY, b"l" * 32))

    assert one != other


def test_digest_is_not_taken_for_a_secret() -> None:
    seen = Masker(Redactor(), KEY).text(MOBILE)

    assert re.fullmatch(r"\*\*\*mobile:[a-p]{24}\*\*\*", seen)


def test_claims_of_a_token_are_kept_masked_without_its_signature() -> None:
    masker = Masker(Redactor(), KEY)

    placeholder = masker.text(TOKEN)

    (header, claims) = masker.tokens[placeholder]
    assert (header["alg"], claims["sub"]) == ("HS256", "7")
    assert claims["mobile"] == masker.text(MOBILE)


@pytest.mark.parametrize(
    ("kind", "look"), [("mobile", "1[3-9][0-9]{9}"), ("text40", ".{40}"), ("text2", ".{2,}")]
)
def test_made_up_value_looks_like_its_kind(kind: str, look: str) -> None:
    assert re.fullmatch(look, str(made_up(kind, 71)))


@pytest.mark.parametrize("kind", ["mobile", "int", "id", "jwt", "text1", "text30", "value"])
def test_made_up_values_differ(kind: str) -> None:
    numbers = [*range(1, 2000), 123_456]

    assert len({str(made_up(kind, number)) for number in numbers}) == len(numbers)


def test_made_up_values_are_of_their_kind_again() -> None:
    assert [kind_of(made_up(kind, 5, None)) for kind in ("mobile", "id", "jwt", "int", "text20")] == [
        "mobile",
        "id",
        "jwt",
        "int",
        "text20",
    ]


def test_made_up_token_says_the_recorded_claims() -> None:
    secrets = Secrets({"***jwt:1***": [{"alg": "HS256", "typ": "JWT"}, {"sub": "7"}]})

    token = secrets.text("***jwt:1***")

    assert jwt.decode(token, options={"verify_signature": False}) == {"sub": "7"}
    assert jwt.get_unverified_header(token)["alg"] == "HS256"


def test_what_was_sent_comes_back() -> None:
    kept = masked({"mobile": MOBILE, "name": f"of {MOBILE}", "n": [int(MOBILE)], "note": "t***t"})
    secrets = Secrets({})

    found = agreement(kept, {"mobile": "13700000000", "name": "of 13700000000", "n": [7], "note": "t***t"})

    secrets.learn(found or {})
    assert secrets.restored({"echo": kept["name"], "number": kept["n"]}) == {
        "echo": "of 13700000000",
        "number": [7],
    }


@pytest.mark.parametrize(
    ("kept", "given"),
    [
        (1, True),
        (1, 1.0),
        ({"a": 1}, {"a": 1, "b": 1}),
        ([1], [1, 2]),
        ("of ***mobile:1***", "off 1"),
        ("of ***mobile:1***", 7),
        ({"***mobile:1***": 1}, {"a": 2}),
        (None, "None"),
    ],
)
def test_other_value_does_not_agree(kept: Any, given: Any) -> None:
    assert agreement(kept, given) is None


def test_key_that_is_a_secret_agrees_with_the_key_that_is_left() -> None:
    found = agreement({"a": 1, "***mobile:1***": 2}, {"a": 1, MOBILE: 2})

    assert found == {"***mobile:1***": MOBILE}


def test_json_within_text_agrees_whatever_its_spaces() -> None:
    found = agreement('{"a":"***text3:1***"}', '{ "a": "pwd" }')

    assert found == {"***text3:1***": "pwd"}


def test_placeholder_with_another_meaning_contradicts() -> None:
    secrets = Secrets({})
    secrets.learn({"***text3:1***": "one"})

    assert secrets.contradicts({"***text3:1***": "two"})
    assert not secrets.contradicts({"***text3:1***": "one", "***text3:2***": "two"})


def test_numbers_are_given_in_the_order_of_the_lines() -> None:
    masker = Masker(Redactor(), KEY)
    lines = [masker.text(one) for one in (OTHER_MOBILE, MOBILE, OTHER_MOBILE)]

    assert [PLACEHOLDER.findall(line) for line in numbered(lines)] == [
        [("mobile", "1")],
        [("mobile", "2")],
        [("mobile", "1")],
    ]
