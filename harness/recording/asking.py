"""A call of a replay, held against recorded ones: whether one says the same, and else what differs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from requests import PreparedRequest

from clients import Call
from harness.recording.exchanges import FORM, line_of, parsed, query_of
from harness.recording.restoring import agreement

MEND: Final = "mend: where suites or platform have changed on purpose, record again: pytest --record=FILE"
_MOST_SHOWN: Final = 300
_MOST_PLACES: Final = 10
NOTHING: Final = "(nothing)"


@dataclass(frozen=True)
class Asked:
    """A call as it is about to be sent; `parts` are what a recorded one is known by, as it has them."""

    parts: Mapping[str, Any]

    @property
    def place(self) -> tuple[str, ...]:
        return place_of(self.parts)

    @property
    def title(self) -> str:
        parts = self.parts
        return f"{parts['call']}（{parts['actor']}）{parts['method']} {parts['path']}"

    def agreement(self, exchange: Mapping[str, Any]) -> dict[str, Any] | None:
        """What the placeholders of a recorded call mean, if it is this one; else None."""
        found: dict[str, Any] = {}
        for name, given in self.parts.items():
            meant = agreement(exchange[name], given)
            if meant is None:
                return None
            found.update(meant)
        return found

    def differing(self, exchange: Mapping[str, Any]) -> list[str]:
        """The parts in which a recorded call is another."""
        return [name for name, given in self.parts.items() if agreement(exchange[name], given) is None]


def asked_by(call: Call, request: PreparedRequest) -> Asked:
    body = request.body or b""
    text = body.decode(errors="replace") if isinstance(body, bytes) else body
    is_form = str(request.headers.get("Content-Type", "")).startswith(FORM)
    return Asked(
        {
            "call": call.name,
            "actor": call.actor,
            "method": str(request.method),
            "path": urlsplit(str(request.url)).path,
            "query": [list(pair) for pair in query_of(str(request.url))],
            "sent": parsed(text, is_form=is_form),
        }
    )


def place_of(exchange: Mapping[str, Any]) -> tuple[str, ...]:
    """Where a call of any test is looked for: query and body may hold secrets, and are compared."""
    return exchange["call"], exchange["actor"], exchange["path"]


def not_recorded(asked: Asked, left: Iterable[Mapping[str, Any]]) -> str:
    """Why there is no answer: of the calls that are left, the nearest agrees in the most parts."""
    lines = [f"录制中没有这次调用：{asked.title}"]
    nearest = min(left, key=lambda one: len(asked.differing(one)), default=None)
    if nearest is None:
        lines.append("  of this test, the recording has no such call, or all of them are answered already")
    else:
        lines.append(
            f"  the nearest that is recorded and left: number {nearest['n']} of the test; it differs in"
        )
        lines += _differences(asked, nearest)
    return "\n".join([*lines, f"  {MEND}"])


def _differences(asked: Asked, nearest: Mapping[str, Any]) -> list[str]:
    places = [
        place for name in asked.differing(nearest) for place in _apart(nearest[name], asked.parts[name], name)
    ]
    return [
        f"    {place}: recorded {_short(kept)}, now {_short(given)}"
        for place, kept, given in places[:_MOST_PLACES]
    ]


def _apart(kept: Any, given: Any, place: str) -> Iterator[tuple[str, Any, Any]]:
    """The places below which the two differ."""
    if agreement(kept, given) is not None:
        return
    if isinstance(kept, dict) and isinstance(given, dict):
        for key in sorted(kept.keys() | given.keys()):
            yield from _apart(kept.get(key, NOTHING), given.get(key, NOTHING), f"{place}.{key}")
    elif isinstance(kept, list) and isinstance(given, list) and len(kept) == len(given):
        for number, (one, other) in enumerate(zip(kept, given, strict=True)):
            yield from _apart(one, other, f"{place}.{number}")
    else:
        yield place, kept, given


def _short(value: Any) -> str:
    text = line_of({"": value})[4:-1]
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"
