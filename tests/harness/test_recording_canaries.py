"""Nothing that the redactor masks stands in a recording: secrets planted wherever a call can carry them."""

import io
import json
from base64 import b64encode

import pytest
from openpyxl import Workbook

from tests.harness.projects import Project, case_entry, output
from tests.harness.stub_platform import answering, envelope, page
from tests.harness.test_harness_canaries import found_in

PASSWORD = 'pa55-canary-&ü"w0rd'
TOKEN = "token-canary/0123456789+="
PAYMENT = "pay-canary-9876543210"
MOBILE = "13912345678"
ID_NUMBER = "11010519491231002X"
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJl"
CODE = "wechat-canary-code"
UNKNOWN = "canary-that-nobody-knows"
CANARIES = (PASSWORD, TOKEN, PAYMENT, MOBILE, ID_NUMBER, JWT, CODE, UNKNOWN)
SIGN_IN = {"DAB_ADMIN_USERNAME": "boss", "DAB_ADMIN_PASSWORD": PASSWORD, "CLT_PAY": PAYMENT, "CLT_CODE": CODE}
SUITE = """
import contextlib, json
from urllib.parse import quote
from clients import FixedHeaders, PlatformFailure

SECRETS = [{planted}]
UNKNOWN = "{unknown}"
URL = f"https://boss:{{UNKNOWN}}@img.example.test/?token={{UNKNOWN}}#secret={{UNKNOWN}}"

@cases("plant")
def test_everywhere(case: Case, admin: AdminClient, platform) -> None:
    told = " ".join(SECRETS)
    by_name = {{"password": UNKNOWN, "newToken": UNKNOWN, "email": UNKNOWN, "mobile": [UNKNOWN]}}
    nested = json.dumps({{"inner": json.dumps({{**by_name, "told": told, "list": [json.dumps(by_name)]}})}})

    def call(*given, **named):
        with contextlib.suppress(PlatformFailure):  # what is answered here breaks schemas
            return admin.transport.call(*given, **named)

    call("admin.events.list", "GET", f"event/{{quote(told, safe='')}}", params={{"token": UNKNOWN}})
    call("admin.events.list", "GET", "event/list", params={{"code": UNKNOWN, "twice": quote(quote(told))}})
    call("admin.events.list", "GET", "event/list", params={{told: "1"}})
    call("admin.events.create", "POST", "event", json={{**by_name, "form": nested, "name": told, told: 1}})
    call("admin.events.create", "POST", "event", json={{"number": 13912345678, "deep": [by_name], "u": URL}})
    call("admin.events.create", "POST", "event", form={{"password": UNKNOWN, "name": told}})
    call("admin.events.create", "POST", "event", raw_body=f'{{{{"password": "{{UNKNOWN}}", {{told}}'.encode())
    call("admin.events.create", "POST", "event", headers={{"X-Signature": UNKNOWN, "X-Other": quote(told)}})
    call("admin.group_buys.launches_file", "GET", "workbook", file=True)
    call("admin.group_buys.launches_file", "GET", "text", file=True)
    call("admin.group_buys.launches_file", "GET", "packed", file=True)
    call("admin.group_buys.launches_file", "GET", "picture", file=True)
    with contextlib.suppress(PlatformFailure):
        platform.member().me()
    fixed = platform.console.signed_in(FixedHeaders({{"X-Token": UNKNOWN}}, actor=f"one of {{told}}"))
    fixed.transport.call("admin.events.list", "GET", "event/list")
    call("admin.events.list", "GET", "broken", params={{"token": UNKNOWN, "q": told}})
    raise AssertionError(told)

@pytest.mark.parametrize("secret", SECRETS, ids=SECRETS)
def test_name(secret: str, admin: AdminClient) -> None:
    admin.transport.call("admin.events.list", "GET", "event/list")
"""


def workbook() -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = f"of {MOBILE}"
    sheet.append(["手机", "号码", "其他", int(MOBILE)])
    sheet.append([MOBILE, ID_NUMBER, json.dumps({"password": UNKNOWN}), JWT])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def routes() -> dict[str, str | bytes]:
    told = f"no {MOBILE} with {TOKEN}, {PASSWORD}, {ID_NUMBER} and {JWT}"
    hidden = {
        "mobile": UNKNOWN,
        "accessToken": UNKNOWN,
        "deep": json.dumps({"secret": UNKNOWN}),
        "told": told,
    }
    return {
        "POST /dab/tenants/login": envelope("0", "ok", {"token": TOKEN}),
        "GET /clt/wechat/login": envelope("0", "ok", {"accessToken": JWT}),
        "GET /clt/member/me": envelope("0", "ok", {"id": "1", **hidden}),
        "GET /dab/event/list": page(),
        "POST /dab/event": envelope("40001", told, None, extra=hidden),
        "GET /dab/broken": f"<p>{told} ?password={UNKNOWN}&token={UNKNOWN} {{'secret': '{UNKNOWN}'}}",
        "GET /dab/workbook": workbook(),
        "GET /dab/text": told.encode(),
        "GET /dab/packed": b"PK\x03\x04" + told.encode(),
        "GET /dab/picture": b"\x89PNG\r\n\x1a\n" + told.encode(),
    }


@pytest.fixture(scope="module", params=[(), ("-n2",)], ids=["alone", "with workers"])
def recording(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> bytes:
    project = Project(tmp_path_factory.mktemp("canaries"))
    project.cases("plant", case_entry("plant-one"))
    planted = ", ".join(map(repr, (MOBILE, ID_NUMBER, JWT, PAYMENT)))
    project.tests("some", SUITE.format(planted=planted, unknown=UNKNOWN))
    with answering(page(), routes=routes()) as url:
        project.profile(
            "real",
            urls__admin=f"{url}/dab",
            urls__member=f"{url}/clt",
            payment__secret_env="CLT_PAY",
            wechat={"app_id": "wx1", "codes": {"plain": {"code_env": "CLT_CODE"}}},
            allow_write=True,
        )
        result = project.run("--profile=real", "--record=run.jsonl", *request.param, **SIGN_IN)
    file = project.root / "run.jsonl"
    assert file.is_file(), output(result)
    assert [path.name for path in project.root.iterdir() if path.name.startswith(".run")] == []
    return file.read_bytes()


def test_recording_has_each_call(recording: bytes) -> None:
    _, *exchanges = map(json.loads, recording.splitlines())

    of_case = [one for one in exchanges if one["case"] == "plant-one"]
    files = [one["answered"]["value"] for one in of_case if one["answered"]["kind"] == "file"]

    assert len(of_case) >= 16
    assert [sorted(file) for file in files] == [["bytes", "sheets"], ["bytes", "text"], ["bytes"], ["bytes"]]
    assert {one["failure"] for one in of_case} == {None, "NotJson"}


def test_recording_has_no_secret(recording: bytes) -> None:
    assert found_in("run.jsonl", recording, CANARIES) == []


def test_secret_is_in_no_base64_of_it_either(recording: bytes) -> None:
    parts = {b64encode(bytes(n) + MOBILE.encode()).decode()[4:-4].encode() for n in range(3)}

    assert [part for part in parts if part in recording] == []


def test_equal_secrets_are_equal(recording: bytes) -> None:
    header, *exchanges = map(json.loads, recording.splitlines())
    (signed_in, *_) = [one for one in exchanges if one["call"] == "admin.tenants.login"]

    assert signed_in["sent"]["value"]["password"] == header["profile"]["tenants"]["admin"]["password"]
    assert signed_in["sent"]["value"]["password"].startswith("***text19:")
