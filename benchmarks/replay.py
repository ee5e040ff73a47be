"""What recording a run costs, and how long its replay takes beside it.

`python -m benchmarks.replay [-m MARKS] [--rounds N]` runs a part of the suites on the sandbox in the
process: plain, recorded and replayed, in turns, and prints the ratios to the plain run of the same round, its
neighbour in time. Rows are not watched, since a replay has none. The last line says what 1,000 exchanges of
the replay take, start-up included. POSIX only, as `runs` is.
"""

import argparse
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.runs import PASSED, Ran, run_suites
from harness.recording.files import read_recording


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.replay", description=__doc__)
    parser.add_argument("-m", dest="marks", default="group_buy or worker", help="which cases (%(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is run (%(default)s)")
    asked = parser.parse_args(arguments)
    names = ("CPU s, plain", "recorded", "replayed", "wall s, plain", "recorded", "replayed")
    print(f"{'round':<6}", *(f"{name:>13}" for name in names))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "run.jsonl"
        rounds = [_round(number, ("-m", asked.marks), file) for number in range(1, asked.rounds + 1)]
        exchanges, size = read_recording(file).header["exchanges"], file.stat().st_size
    for name, column in (("recording", 1), ("replaying", 2)):
        cpu = statistics.median(ran[column].cpu_seconds / ran[0].cpu_seconds for ran in rounds)
        wall = statistics.median(ran[column].seconds / ran[0].seconds for ran in rounds)
        print(f"{name}: {cpu:.2f} x the CPU time of the plain run, {wall:.2f} x its wall time")
    seconds = statistics.median(ran[2].cpu_seconds for ran in rounds) * 1000 / exchanges
    print(
        f"1,000 exchanges: {seconds:.2f} CPU seconds of replay ({exchanges} exchanges, {size / 1e6:.1f} MB)"
    )
    return 0


def _round(number: int, cases: Sequence[str], file: Path) -> tuple[Ran, Ran, Ran]:
    plain = run_suites([*cases, "-n0", "--rows=off"], may_end=(PASSED,))
    recorded = run_suites([*cases, "-n0", "--rows=off", f"--record={file}"], may_end=(PASSED,))
    replayed = run_suites([*cases, "-n0", f"--replay={file}"], may_end=(PASSED,))
    runs = (plain, recorded, replayed)
    figures = [*(ran.cpu_seconds for ran in runs), *(ran.seconds for ran in runs)]
    print(f"{number:<6}", *(f"{figure:>13.2f}" for figure in figures), flush=True)
    return runs


if __name__ == "__main__":
    sys.exit(main())
