"""How fast a platform takes in pulled one-yuan orders, and whether time and memory grow linearly with them.

`python -m benchmarks.order_pull [--orders N] [--batch N]` pulls one batch, a quarter, a half and all of the
orders, each into a sandbox and a process of its own. Of a hundred lines 80 open groups, 10 come twice, 7 are
refunded and 3 are refused. Seconds are those of the calls; memory is the process's peak, harness included,
and what each order adds to it beyond the first batch. POSIX only: Windows keeps no such figure.
"""

import argparse
import multiprocessing
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from faker import Faker

from benchmarks.runs import KIBIBYTES, PROJECT
from clients import Redactor
from clients.bodies import PulledOrder
from harness.clock import SandboxClock
from harness.kinds.one_yuan import OneYuanWorkshop
from harness.known_ids import ABSENT, KnownIds
from harness.material import Material
from harness.one_yuan import REFUNDED, OneYuanGroups
from harness.people import People
from harness.platform import Platform, opened
from harness.profile_files import load_profile
from harness.randomness import Randomness


@dataclass(frozen=True)
class Pulled:
    orders: int
    seconds: float
    mebibytes: float


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.order_pull", description=__doc__)
    parser.add_argument("--orders", type=int, default=10_000, help="in the largest run (%(default)s)")
    parser.add_argument("--batch", type=int, default=1_000, help="in one call (%(default)s)")
    asked = parser.parse_args(arguments)
    if not 4 <= 4 * asked.batch <= asked.orders:
        parser.error(
            f"--orders {asked.orders} --batch {asked.batch}: give at least four batches of one or more"
        )
    sizes = [asked.batch, asked.orders // 4, asked.orders // 2, asked.orders]
    print(
        f"{'orders':>8} {'seconds':>8} {'orders/s':>9} {'x ms/order':>11} {'peak MiB':>9} {'KiB/order':>10}"
    )
    first: Pulled | None = None
    for size in sizes:
        found = _in_a_process_of_its_own(size, asked.batch)
        first = first or found
        _print(found, first)
    return 0


def _print(found: Pulled, first: Pulled) -> None:
    each = found.seconds / found.orders
    growth = each / (first.seconds / first.orders)
    beyond = found.orders - first.orders
    kibibytes = f"{(found.mebibytes - first.mebibytes) * 1024 / beyond:.2f}" if beyond else "-"
    print(
        f"{found.orders:>8} {found.seconds:>8.2f} {1 / each:>9.0f} {growth:>11.2f} {found.mebibytes:>9.0f}"
        f" {kibibytes:>10}"
    )


def _in_a_process_of_its_own(orders: int, batch: int) -> Pulled:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(pulled, (orders, batch))


def pulled(orders: int, batch: int) -> Pulled:
    """Pull so many into a fresh sandbox; ends the benchmark when a line is not taken in as it should be."""
    profile = load_profile("sandbox", PROJECT / "data" / "profiles", {})
    with opened(profile, "inprocess", Redactor()) as platform:
        groups = _groups(platform)
        lines = islice(_lines(groups), orders)
        codes: Counter[str] = Counter()
        seconds = 0.0
        while portion := list(islice(lines, batch)):
            started = time.perf_counter()
            results = groups.pull(*portion)
            seconds += time.perf_counter() - started
            codes.update(result["code"] for result in results)
    if set(codes) - {"0", "40401"} or codes.total() != orders:
        raise SystemExit(f"the pull answered {dict(codes)} for {orders} orders")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIBIBYTES
    return Pulled(orders, seconds, peak)


def _groups(platform: Platform) -> OneYuanGroups:
    randomness = Randomness(1, "benchmark of the order pull")
    clock, fake = SandboxClock(platform.sandbox), randomness.seeded(Faker("zh_CN"))
    material = Material(platform.tenant(), clock, KnownIds(platform), fake, randomness)
    return OneYuanGroups(OneYuanWorkshop(material), People(platform, randomness.mark), lambda: clock)


def _lines(groups: OneYuanGroups) -> Iterator[PulledOrder]:
    """Orders without end that one leader's parameter is carried by."""
    product, person = groups.products.make(), groups.people("leader")
    parameter = groups.place(person, product).require_data()
    while True:
        fresh = [groups.line(person, product, parameter) for _ in range(80)]
        yield from fresh
        yield from fresh[:10]
        for line in fresh[10:17]:
            yield {**line, "orderStatus": REFUNDED}
        for line in fresh[17:20]:
            yield {**line, "orderSn": f"{line['orderSn']}X", "paramId": ABSENT}


if __name__ == "__main__":
    sys.exit(main())
