"""One redactor, proven: secrets planted wherever a run could tell of them are in none of its artifacts.

Each artifact is searched for each canary in clear, URL-encoded, in base64, JSON-escaped and as UTF-16.
"""

import json
from base64 import b64encode
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest

from tests.harness.projects import Project, case_entry, output
from tests.harness.stub_platform import answering, envelope, page

PASSWORD = 'pa55-canary-&ü"w0rd'
TOKEN = "token-canary/0123456789+="
PAYMENT = "pay-canary-9876543210"
MOBILE = "13912345678"
ID_NUMBER = "11010519491231002X"
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJl"
KNOWN = (PASSWORD, TOKEN, PAYMENT)
BY_LOOK = (MOBILE, ID_NUMBER, JWT)
SIGN_IN = {"DAB_ADMIN_USERNAME": "boss", "DAB_ADMIN_PASSWORD": PASSWORD, "CLT_PAY": PAYMENT}
SUITE = """
import json, logging, sys
from base64 import b64encode
from urllib.parse import quote
import allure
import pymysql

PLANTED = [{planted}]
PAYMENT = "{payment}"

def everything(admin, platform) -> str:
    password = platform.profile.tenants["admin"].password
    token = platform.console.login({{"username": "boss", "password": password}}).data["token"]
    secrets = [*PLANTED, password, token, PAYMENT]
    forms = [*secrets, json.dumps(secrets)]
    forms += [quote(one, safe="") for one in secrets]
    forms += [b64encode(f"boss:{{one}}".encode()).decode() for one in secrets[-3:]]
    return " ".join(forms)

@allure.step("步骤 {{secret}}")
def step_with(secret: str) -> None: ...

@cases("plant")
def test_assertion(case: Case, admin: AdminClient, platform) -> None:
    told = everything(admin, platform)
    assert told == "", f"应为空，实为 {{told}}"

@cases("plant_two")
def test_everywhere(case: Case, admin: AdminClient, platform) -> None:
    told = everything(admin, platform)
    print(told)
    print(told, file=sys.stderr)
    logging.getLogger("some").error("logged %s", told)
    step_with(told)
    with allure.step(f"另一步 {{told}}"):
        allure.attach(told, name=f"附件 {{told}}")
        allure.attach(told.encode("utf-16"), name="宽字符")
    allure.dynamic.parameter("shown", told)
    allure.dynamic.parameter("masked", PAYMENT, mode=allure.parameter_mode.MASKED)
    allure.dynamic.title(f"标题 {{told}}")
    allure.dynamic.description(told)
    allure.dynamic.link(f"https://x.example.test/?token={{quote(told)}}", name=told)
    admin.transport.call(
        "admin.channels.list", "GET", "channel/list", params={{"token": told, "q": told}},
        headers={{"X-Signature": told, "X-Other": quote(told)}},
    )
    admin.events.create({{"name": told, "password": told, "mobile": PLANTED[0]}})
    raise pymysql.err.OperationalError(1045, f"Access denied for {{told}} in SELECT '{{told}}'")

@pytest.mark.parametrize("secret", [PAYMENT, PLANTED[0]], ids=[PAYMENT, PLANTED[0]])
def test_parameter_id(secret: str) -> None:
    assert secret == "", secret
"""


def forms(canary: str) -> set[bytes]:
    """The canary as it might stand in a file."""
    urls = {quote(canary), quote(canary, safe=""), quote_plus(canary)}
    texts = {canary, *urls, *map(quote, urls), json.dumps(canary)[1:-1]}
    texts |= {json.dumps(canary, ensure_ascii=False)[1:-1], b64encode(canary.encode()).decode()}
    wide = {canary.encode("utf-16-le"), canary.encode("utf-16-be")}
    return {text.encode() for text in texts} | wide


def found_in(name: str, content: bytes, canaries: tuple[str, ...]) -> list[str]:
    return [f"{name}: {form!r}" for canary in canaries for form in sorted(forms(canary)) if form in content]


@pytest.fixture(scope="module", params=[(), ("-n2", "-v")], ids=["alone", "with workers"])
def artifacts(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> dict[str, bytes]:
    """By name: all that a run has written, and what it said."""
    project = Project(tmp_path_factory.mktemp("canaries"))
    for name in ("plant", "plant_two"):
        project.cases(name, case_entry(f"{name.replace('_', '-')}-one"))
    planted = ", ".join(f'"{canary}"' for canary in BY_LOOK)
    project.tests("some", SUITE.format(planted=planted, payment=PAYMENT))
    routes = {
        "POST /dab/tenants/login": envelope("0", "ok", {"token": TOKEN}),
        "GET /dab/event/list": page(),
        "POST /dab/event": envelope("40001", f"no {MOBILE} with {TOKEN} and {PASSWORD}"),
    }
    with answering(page(), routes=routes) as url:
        project.profile("real", urls__admin=f"{url}/dab", payment__secret_env="CLT_PAY")
        options = ("--alluredir=results", "--junitxml=junit.xml", "--showlocals", *request.param)
        result = project.run("--profile=real", *options, **SIGN_IN)
    files = [*(project.root / "results").iterdir(), project.root / "junit.xml"]
    return {"terminal": output(result).encode(), **{path.name: path.read_bytes() for path in files}}


def test_run_told_enough_to_be_searched(artifacts: dict[str, bytes]) -> None:
    whole = b"".join(artifacts.values())

    assert len(artifacts) > 8
    for place in ("应为空，实为", "步骤", "标题", "附件", "Access denied", "test_parameter_id", "40001"):
        assert place.encode() in whole, place


def test_no_artifact_has_a_secret_by_value(artifacts: dict[str, bytes]) -> None:
    found = [one for name, content in artifacts.items() for one in found_in(name, content, KNOWN)]

    assert found == []


def test_no_artifact_has_a_secret_by_its_look(artifacts: dict[str, bytes]) -> None:
    plain = [
        f"{name}: {canary}"
        for name, content in artifacts.items()
        for canary in BY_LOOK
        if canary.encode() in content
    ]

    assert plain == []


def test_ledger_of_masked_names_has_no_gap(artifacts: dict[str, bytes]) -> None:
    (ledger,) = [json.loads(content) for name, content in artifacts.items() if name.startswith("ledger-")]

    assert (ledger["gaps"], ledger["leaks"]) == ([], [])
    assert len(ledger["tests"]) == 4


def test_secret_that_got_past_is_named_by_its_file(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.tests(
        "some",
        f"""
        from pathlib import Path
        def test_it(platform) -> None: Path("results/planted.txt").write_text("{PAYMENT}")
        """,
    )
    with answering(page(), routes={"POST /dab/tenants/login": envelope("0", "", {"token": TOKEN})}) as url:
        project.profile("real", urls__admin=f"{url}/dab", payment__secret_env="CLT_PAY")
        result = project.run("--profile=real", "--alluredir=results", **SIGN_IN)

    assert result.ret == 11
    assert "planted.txt: 含有环境的密钥或密码" in output(result)
