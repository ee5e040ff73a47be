"""How long the default run takes, how much of it is start-up, and how much memory it needs.

`python -m benchmarks.default_run [--rounds N]` runs the suites as a user would and prints medians. Times are
also given as ratios to a run that selects nothing, so that figures of different machines can be compared; the
last line is what full evidence costs, round by round: both runs of a ratio are neighbours in time.
Memory is that of the largest process. POSIX only: Windows keeps no such figure.
"""

import argparse
import os
import statistics
import sys
from collections.abc import Sequence

from benchmarks.runs import Ran, run_suites

PLAIN, WITH_EVIDENCE = "default run, -n auto", "the same with --alluredir"
RUNS: dict[str, tuple[str, ...]] = {
    "start-up (nothing selected)": ("-k", "nothing_is_named_so"),
    "smoke": ("-m", "smoke"),
    "default run, one process": (),
    PLAIN: ("-n", "auto"),
    WITH_EVIDENCE: ("-n", "auto", "--alluredir={folder}/results"),
    "default run, --sandbox http": ("--sandbox", "http"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.default_run", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often each run is timed (default: 3)")
    rounds = parser.parse_args(arguments).rounds
    print(f"{os.cpu_count()} cores, median of {rounds}")
    print(f"{'run':<32} {'seconds':>8} {'x start-up':>11} {'peak MiB':>9}")
    measured: dict[str, list[Ran]] = {name: [] for name in RUNS}
    for _ in range(rounds):
        for name, options in RUNS.items():
            measured[name].append(run_suites(options))
    seconds = {name: [ran.seconds for ran in runs] for name, runs in measured.items()}
    startup = statistics.median(next(iter(seconds.values())))
    for name, runs in measured.items():
        median = statistics.median(seconds[name])
        mebibytes = max(ran.mebibytes for ran in runs)
        print(f"{name:<32} {median:>8.2f} {median / startup:>11.1f} {mebibytes:>9.0f}")
    ratios = [told / plain for told, plain in zip(seconds[WITH_EVIDENCE], seconds[PLAIN], strict=True)]
    shown = ", ".join(f"{ratio:.2f}" for ratio in ratios)
    print(f"full evidence: {statistics.median(ratios):.2f} x the run without (rounds: {shown})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
