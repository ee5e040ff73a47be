"""The fixtures of the suites. Callers and the platform are a session's; everything else is a test's own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from faker import Faker

from clients import AdminClient, MemberClient, Observer, PaymentProvider, Redactor
from harness.brokers import Exchange, scratch_exchange
from harness.case_words import WordContext
from harness.cleanup import LEFT, CleanUp
from harness.clock import Clock, SandboxClock
from harness.database import opened_database
from harness.evidence import Evidence
from harness.kinds.event import EventWorkshop
from harness.kinds.event_orders import EventBookings
from harness.kinds.group_buy import GroupBuyWorkshop
from harness.kinds.group_buy_orders import GroupBuyBookings
from harness.kinds.one_yuan import OneYuanWorkshop
from harness.known_ids import KnownIds
from harness.material import Material
from harness.messages import Messages, SandboxMessages, read_from
from harness.one_yuan import OneYuanGroups
from harness.order_states import OrderStates
from harness.people import Cashier, People, Person
from harness.platform import Platform, Unavailable, database_missing, messages_missing, opened
from harness.profile import Profile
from harness.randomness import Randomness
from harness.reporting import EVIDENCE
from harness.rows.table_rows import TableRows
from harness.rows.watching import witnessed
from harness.run import RUN, Run
from harness.selection import CASE_OF_ITEM
from harness.teams import Teams
from harness.traffic import SHARED


@pytest.fixture(scope="session")
def run(pytestconfig: pytest.Config) -> Run:
    return pytestconfig.stash[RUN]


@pytest.fixture(scope="session")
def profile(run: Run) -> Profile:
    return run.profile


@pytest.fixture(scope="session")
def redactor(run: Run) -> Redactor:
    return run.redactor


@pytest.fixture(scope="session")
def evidence(pytestconfig: pytest.Config, run: Run, redactor: Redactor) -> Evidence:
    in_report = pytestconfig.getoption("allure_report_dir", default=None) is not None
    recorded = pytestconfig.getoption("record") is not None
    made = Evidence(redactor, in_report=in_report, strict_schema=run.strict_schema, later=recorded)
    pytestconfig.stash[EVIDENCE] = made
    return made


@pytest.fixture(scope="session")
def created_rows(profile: Profile) -> CleanUp:
    return CleanUp(lasting=not profile.sandbox)


@pytest.fixture(scope="session")
def _exchange(run: Run, profile: Profile) -> Iterator[Exchange | None]:
    """Where the platform publishes its messages; None: in the sandbox's memory, or nobody knows where."""
    if run.sandbox_messages is not None:
        with scratch_exchange(run.sandbox_messages) as exchange:
            yield exchange
    elif profile.messages_url is not None:
        yield Exchange(profile.messages_url, profile.messages_exchange)
    else:
        yield None


@pytest.fixture(scope="session")
def platform(
    pytestconfig: pytest.Config,
    run: Run,
    redactor: Redactor,
    evidence: Evidence,
    created_rows: CleanUp,
    onlookers: tuple[Observer, ...],
    _exchange: Exchange | None,
) -> Iterator[Platform]:
    observers = (*onlookers, created_rows, evidence)
    exchange = _exchange if run.profile.sandbox else None
    with (
        opened(
            run.profile,
            run.sandbox_mode,
            redactor,
            observers,
            database=run.sandbox_database,
            exchange=exchange,
            faults=run.sandbox_faults,
            changes=run.sandbox_changes,
            shared=pytestconfig.stash.get(SHARED, None),
        ) as platform,
        witnessed(platform, run, evidence),
    ):
        yield platform


@pytest.fixture(scope="session")
def _messages(platform: Platform, profile: Profile, _exchange: Exchange | None) -> Iterator[Messages]:
    with ExitStack() as stack:
        if _exchange is not None:
            yield stack.enter_context(read_from(_exchange))
        elif profile.sandbox:
            yield SandboxMessages(platform.sandbox)
        else:
            raise Unavailable(messages_missing(profile))


@pytest.fixture(scope="session")
def _session_clock(platform: Platform, profile: Profile, real_clock: Clock) -> Clock:
    return SandboxClock(platform.sandbox) if profile.sandbox else real_clock


@pytest.fixture
def clock(_session_clock: Clock) -> Iterator[Clock]:
    """The run's clock; where a test has moved it, it is set back."""
    started = _session_clock.now()
    yield _session_clock
    if isinstance(_session_clock, SandboxClock) and _session_clock.now() != started:
        _session_clock.set(started)


@pytest.fixture
def movable_clock(clock: Clock, profile: Profile) -> SandboxClock:
    """The clock of a platform that lets tests set it; other platforms skip the test."""
    if not profile.allowed.clock or not isinstance(clock, SandboxClock):
        raise Unavailable(f"环境 {profile.title} 不允许拨动时钟")
    return clock


@pytest.fixture
def clock_when_needed(request: pytest.FixtureRequest) -> Callable[[], SandboxClock]:
    """`movable_clock` for those cases alone that move it: the others run where no clock can be moved."""
    return lambda: request.getfixturevalue("movable_clock")


@pytest.fixture(scope="session")
def known_ids(platform: Platform) -> KnownIds:
    return KnownIds(platform)


@pytest.fixture(scope="session")
def _chinese_faker() -> Faker:
    return Faker("zh_CN")


@pytest.fixture
def randomness(request: pytest.FixtureRequest, run: Run) -> Randomness:
    found = request.node.stash.get(CASE_OF_ITEM, None)
    attempt = getattr(request.node, "execution_count", 1)
    return Randomness(run.seed, found.id if found else request.node.nodeid, run.stamp, attempt)


@pytest.fixture
def mark(randomness: Randomness) -> str:
    """A text of the test's own, for names and searches."""
    return randomness.mark


@pytest.fixture
def fake(_chinese_faker: Faker, randomness: Randomness) -> Faker:
    """Chinese random data, the same for the same seed and case."""
    return randomness.seeded(_chinese_faker)


@pytest.fixture(autouse=True)
def _rows_deleted(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever any caller creates during a test is deleted after it: set up first, so it ends last."""
    platform = request.getfixturevalue("platform") if "platform" in request.fixturenames else None
    if not isinstance(platform, Platform):
        yield
        return
    created: CleanUp = request.getfixturevalue("created_rows")
    mark: str = request.getfixturevalue("mark")
    yield
    try:
        created.run(mark, platform.may_delete_rows_of)
    finally:
        request.node.user_properties += [(LEFT, f"{kind}={n}") for kind, n in created.left.items()]
        created.left.clear()


@pytest.fixture
def admin(platform: Platform) -> AdminClient:
    """The main tenant."""
    return platform.tenant()


@pytest.fixture
def viewer(platform: Platform) -> AdminClient:
    """A tenant that may only look."""
    return platform.tenant("viewer")


@pytest.fixture
def other_admin(platform: Platform) -> AdminClient:
    """A tenant of another organization, with every privilege."""
    return platform.tenant("other")


@pytest.fixture
def member(platform: Platform) -> MemberClient:
    """A plain member at the mini-program."""
    return platform.member()


@pytest.fixture
def people(platform: Platform, mark: str) -> People:
    """Makes members for the test."""
    return People(platform, mark)


@pytest.fixture
def cashier(platform: Platform, randomness: Randomness) -> Cashier:
    """Pays for orders, on both sides."""
    return Cashier(platform, randomness)


@pytest.fixture
def payment_provider(platform: Platform) -> PaymentProvider:
    """The payment provider's callbacks; an environment whose secret is not known skips the test."""
    return platform.payment_provider


@pytest.fixture
def material(
    admin: AdminClient, clock: Clock, known_ids: KnownIds, fake: Faker, randomness: Randomness
) -> Material:
    """What the test makes its rows of, as the main tenant."""
    return Material(admin, clock, known_ids, fake, randomness)


@pytest.fixture
def events(material: Material) -> EventWorkshop:
    return EventWorkshop(material)


@pytest.fixture
def group_buys(material: Material) -> GroupBuyWorkshop:
    return GroupBuyWorkshop(material)


@pytest.fixture
def event_bookings(events: EventWorkshop) -> EventBookings:
    return EventBookings(events)


@pytest.fixture
def group_buy_bookings(group_buys: GroupBuyWorkshop) -> GroupBuyBookings:
    return GroupBuyBookings(group_buys)


@pytest.fixture(scope="session")
def customer(platform: Platform) -> Person:
    """The plain member as one who books: for tests that need one person and no history of theirs."""
    calls = platform.member()
    return Person(calls.me().require_data()["id"], calls)


@pytest.fixture
def event_order_states(
    event_bookings: EventBookings,
    customer: Person,
    cashier: Cashier,
    clock_when_needed: Callable[[], SandboxClock],
) -> OrderStates:
    """Brings event orders into states."""
    return OrderStates(event_bookings, customer, cashier, clock_when_needed)


@pytest.fixture
def group_buy_order_states(
    group_buy_bookings: GroupBuyBookings,
    customer: Person,
    cashier: Cashier,
    clock_when_needed: Callable[[], SandboxClock],
) -> OrderStates:
    """Likewise for group-buys."""
    return OrderStates(group_buy_bookings, customer, cashier, clock_when_needed)


@pytest.fixture
def messages(_messages: Messages) -> Messages:
    """What the platform tells by its queue; where none can be read, the test is skipped."""
    return _messages


@pytest.fixture(scope="session")
def _table_rows(platform: Platform, run: Run) -> Iterator[TableRows]:
    if not run.watch_rows:
        pytest.skip("回放中没有数据库" if run.profile.recording else "不看数据库行（--rows=off）")
    if platform.database_url is None:
        raise Unavailable(database_missing(run.profile))
    with opened_database(platform.database_url) as database:
        yield TableRows(database)


@pytest.fixture
def rows(_table_rows: TableRows) -> TableRows:
    """The platform's database, read; where none is known, the test is skipped."""
    return _table_rows


@pytest.fixture
def one_yuan_products(material: Material) -> OneYuanWorkshop:
    return OneYuanWorkshop(material)


@pytest.fixture
def one_yuan_groups(
    one_yuan_products: OneYuanWorkshop, people: People, clock_when_needed: Callable[[], SandboxClock]
) -> OneYuanGroups:
    """Makes one-yuan groups of new members."""
    return OneYuanGroups(one_yuan_products, people, clock_when_needed)


@pytest.fixture
def teams(
    group_buy_bookings: GroupBuyBookings,
    people: People,
    cashier: Cashier,
    clock_when_needed: Callable[[], SandboxClock],
) -> Teams:
    """Makes teams of new members."""
    return Teams(group_buy_bookings, people, cashier, clock_when_needed)


@pytest.fixture
def words(material: Material) -> WordContext:
    """What the words of case files mean in this test."""
    return material.words
