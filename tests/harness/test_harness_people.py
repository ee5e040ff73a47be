"""Members that a test makes, and the payment provider: what an environment has to allow, and what is sent."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import responses

from clients import MemberClient, Redactor, Transport
from harness.people import FAILED, Cashier, People, Person
from harness.platform import Platform, Unavailable, opened
from harness.profile_files import load_profile
from harness.randomness import Randomness
from tests.harness.projects import PROJECT, Project

SIGN_IN = {"DAB_ADMIN_USERNAME": "boss", "DAB_ADMIN_PASSWORD": "pa55-canary-w0rd"}
SECRET = "pay-canary-s3cret"
WECHAT = {"app_id": "wx-sandbox-main"}
PAYMENT = {"secret_env": "CLT_PAY_SECRET"}
CLT = "http://127.0.0.1:9/clt"
RANDOMNESS = Randomness(7, "some-case")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Platform]:
    profile = load_profile("sandbox", PROJECT / "data" / "profiles", {})
    with opened(profile, "inprocess", Redactor()) as platform:
        yield platform


@pytest.fixture
def people(sandbox: Platform, request: pytest.FixtureRequest) -> People:
    return People(sandbox, Randomness(7, request.node.nodeid).mark)


class Real:
    """Opens platforms of real profiles; nothing is called unless a test mocks it."""

    def __init__(self, project: Project, stack: ExitStack) -> None:
        self._project = project
        self._stack = stack
        self.redactor = Redactor()

    def __call__(self, environment: dict[str, str] | None = None, **changes: Any) -> Platform:
        self._project.profile("real", **changes)
        variables = {**SIGN_IN, **(environment or {})}
        profile = load_profile("real", self._project.root / "data" / "profiles", variables)
        self.redactor = Redactor(profile.secrets())
        return self._stack.enter_context(opened(profile, None, self.redactor))


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Real]:
    with ExitStack() as stack:
        yield Real(Project(tmp_path), stack)


@pytest.fixture
def callbacks() -> Iterator[responses.RequestsMock]:
    """The platform's side of the provider's calls."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        for call in ("notify", "refund_notify"):
            mock.post(f"{CLT}/pay/{call}", json={"code": "0", "message": "", "data": None})
        yield mock


@pytest.fixture
def cashier(real: Real) -> Cashier:
    return Cashier(real({"CLT_PAY_SECRET": SECRET}, payment=PAYMENT), RANDOMNESS)


def sent(callbacks: responses.RequestsMock) -> tuple[str, dict[str, Any]]:
    """Path and body of the only call, whose signature is right."""
    (call,) = callbacks.calls
    body = call.request.body
    assert isinstance(body, bytes)
    signature = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    assert call.request.headers["X-Pay-Signature"] == signature
    assert not {"accessToken", "X-Token"} & call.request.headers.keys()
    return str(call.request.path_url), json.loads(body)


def unavailable(platform: Platform, action: Any) -> str:
    with pytest.raises(Unavailable) as lacking:
        action(platform)
    return str(lacking.value)


def test_name_is_one_member(people: People) -> None:
    assert people("wang") is people("wang")
    assert people() is people("a")


def test_two_names_are_two_members(people: People) -> None:
    wang, li = people("wang"), people("li")

    ids = [person.calls.me().require_data()["id"] for person in (wang, li)]

    assert ids == [wang.id, li.id]
    assert wang.id != li.id


def test_same_name_of_another_test_is_another_member(people: People, sandbox: Platform) -> None:
    assert people("wang").id != People(sandbox, "qother")("wang").id


def test_sandbox_makes_a_member_staff_or_a_student(people: People) -> None:
    worker, student = people("worker", worker=True), people("student", student=True)

    found = [person.calls.me().require_data() for person in (worker, student, people("plain"))]

    assert [(one["worker"], one["student"]) for one in found] == [
        (True, False),
        (False, True),
        (False, False),
    ]


def test_member_s_repr_shows_no_client(people: People) -> None:
    person = people("wang")

    assert repr(person) == f"Person(id={person.id!r})"


def test_staff_needs_a_sandbox(real: Real) -> None:
    platform = real(allow_new_members=True, wechat=WECHAT)
    with responses.RequestsMock() as mock:
        envelope = {"code": "0", "message": ""}
        mock.get(f"{CLT}/wechat/login", json={**envelope, "data": {"accessToken": "token-1"}})
        mock.get(f"{CLT}/members", json={**envelope, "data": {"id": "7"}})

        told = unavailable(platform, lambda platform: People(platform, "qmark")("wang", worker=True))

    assert told == "环境 预发环境 不是沙箱，没有 /_sandbox"


@pytest.mark.parametrize(
    "changes", [{"wechat": WECHAT}, {"allow_new_members": True}], ids=["not allowed", "no app"]
)
def test_new_member_that_is_not_allowed_is_unavailable(real: Real, changes: dict[str, Any]) -> None:
    told = unavailable(real(**changes), lambda platform: platform.new_member("wang"))

    assert told == "环境 预发环境 不允许用例新建会员（allow_new_members）"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"wechat": {**WECHAT, "other_app_id": "wx2"}}, "不允许用例新建会员（allow_new_members）"),
        ({"wechat": WECHAT, "allow_new_members": True}, "没有第二个组织的小程序（wechat.other_app_id）"),
    ],
    ids=["not allowed", "no app"],
)
def test_new_member_of_another_organization_is_made_only_where_allowed(
    real: Real, changes: dict[str, Any], told: str
) -> None:
    reason = unavailable(
        real(**changes), lambda platform: platform.new_member("wang", of_other_organization=True)
    )

    assert reason == f"环境 预发环境 {told}"


@pytest.mark.parametrize(
    ("changes", "how"),
    [({}, "配置中没有"), ({"payment": PAYMENT}, "未设置环境变量 CLT_PAY_SECRET")],
    ids=["no secret", "variable unset"],
)
def test_provider_without_a_secret_is_unavailable(real: Real, changes: dict[str, Any], how: str) -> None:
    told = unavailable(real(**changes), lambda platform: platform.payment_provider)

    assert told == f"环境 预发环境 缺少支付通知的签名密钥（{how}）"


def test_secret_of_the_provider_is_masked_wherever_it_stands(real: Real) -> None:
    platform = real({"CLT_PAY_SECRET": SECRET}, payment=PAYMENT)

    assert real.redactor.text(f"signed by {SECRET}") == "signed by ***"
    assert SECRET not in repr(platform.profile)


def test_settled_payment_is_told_by_the_provider(cashier: Cashier, callbacks: responses.RequestsMock) -> None:
    cashier.settle("7", 9900, transaction_id="T1").require_ok()

    body = {"orderId": "7", "transactionId": "T1", "amount": 9900, "result": "SUCCESS"}
    assert sent(callbacks) == ("/clt/pay/notify", body)


def test_settled_refund_is_told_by_the_provider(cashier: Cashier, callbacks: responses.RequestsMock) -> None:
    cashier.settle_refund("r7", FAILED, transaction_id="T1").require_ok()

    body = {"refundOrderId": "r7", "transactionId": "T1", "result": "FAILED"}
    assert sent(callbacks) == ("/clt/pay/refund_notify", body)


def test_transactions_never_repeat(cashier: Cashier) -> None:
    bodies: list[Any] = [cashier.notify_body("7", 1), cashier.refund_body("r7"), cashier.notify_body("7", 1)]

    transactions = [body["transactionId"] for body in bodies] + [
        cashier.new_transaction() for _ in range(200)
    ]

    assert len(set(transactions)) == 203
    assert all(transaction.startswith(f"T{RANDOMNESS.serial}") for transaction in transactions)


def test_transactions_of_another_test_are_others(cashier: Cashier, real: Real) -> None:
    other = Cashier(real(), Randomness(7, "another-case"))

    assert {cashier.new_transaction() for _ in range(50)}.isdisjoint(
        other.new_transaction() for _ in range(50)
    )


def test_paying_settles_the_amount_that_is_due(cashier: Cashier, callbacks: responses.RequestsMock) -> None:
    due = {"orderId": "7", "amount": 4200, "prepayId": "p", "expiresTime": 1}
    started = callbacks.post(f"{CLT}/payments/7", json={"code": "0", "message": "", "data": due})

    transaction = cashier.pay(Person("1", MemberClient(Transport(CLT))), "7")

    settled = json.loads(callbacks.calls[1].request.body or "")
    assert started.call_count == 1
    assert settled == {"orderId": "7", "transactionId": transaction, "amount": 4200, "result": "SUCCESS"}
