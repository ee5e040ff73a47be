"""The marks of what runs create: each tells its run, when that began, and that it is no chance likeness.

A mark stands in a text of every row that a run creates. Other people on a shared environment read by it
what the row is for; a sweep finds by it what a killed run has left, copies included.
"""

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

PREFIX: Final = "regress-"
LETTERS: Final = "bcdfghjklmnpqrstvwxz"
"""No vowel, so that no word comes of it; no digit, so that it never looks like a mobile."""
MINUTE: Final = 60_000
_TIME, _RUN, _TEST, _CHECK = 6, 4, 8, 2
_MARK = re.compile(
    rf"{PREFIX}([{LETTERS}]{{{_TIME + _RUN}}})([{LETTERS}]{{{_TEST}}})([{LETTERS}]{{{_CHECK}}})", re.I
)


@dataclass(frozen=True)
class Stamp:
    """What all marks of one run share: when it began, and what tells it from others of that minute."""

    text: str

    @property
    def started(self) -> int:
        """Epoch milliseconds, to the minute."""
        minutes = 0
        for letter in self.text[:_TIME]:
            minutes = minutes * len(LETTERS) + LETTERS.index(letter)
        return minutes * MINUTE

    def mark(self, digest: str) -> str:
        """The mark of one test, told by a hexadecimal digest of its identity."""
        body = self.text + _letters(int(digest, 16), _TEST)
        return f"{PREFIX}{body}{_check(body)}"


def stamp_of_run(started: int, run_id: str) -> Stamp:
    """Of a run on a lasting platform, where no two runs may meet; `started` in epoch milliseconds."""
    return Stamp(_letters(started // MINUTE, _TIME) + _of_text(run_id, _RUN))


def stamp_of_seed(seed: int) -> Stamp:
    """Of a run on a sandbox of its own: the same seed makes the same rows, at no time."""
    return Stamp(_letters(0, _TIME) + _of_text(str(seed), _RUN))


def stamps_in(text: str) -> set[Stamp]:
    """Of all the marks that stand in a text; what only looks like one has a wrong check and is none."""
    found = (match.groups() for match in _MARK.finditer(text))
    bodies = ((run.lower(), test.lower(), check.lower()) for run, test, check in found)
    return {Stamp(run) for run, test, check in bodies if check == _check(run + test)}


def _letters(number: int, length: int) -> str:
    """The last `length` digits of a number to the base of the letters."""
    found = ""
    for _ in range(length):
        number, rest = divmod(number, len(LETTERS))
        found = LETTERS[rest] + found
    return found


def _of_text(text: str, length: int) -> str:
    return _letters(int(sha256(text.encode()).hexdigest(), 16), length)


def _check(body: str) -> str:
    return _of_text(body, _CHECK)
