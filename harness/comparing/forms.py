"""How what was sent is written: its fields with their types, whatever their values.

A test sends back what an earlier answer said. Where the release writes that otherwise, the platform is asked
another question, and that it refuses it is no finding of its own.
"""

from collections.abc import Iterator
from typing import Any, Final

from harness.comparing.formats import format_of, places_of

Form = frozenset[tuple[str, str]]
FEWEST_PLACES: Final = 2


def form_of(sent: Any) -> Form:
    """Of a body as a recording keeps it; coarse, so that random values of one kind have one form."""
    value = sent.get("value") if isinstance(sent, dict) else None
    return frozenset(_leaves("", value))


def _leaves(path: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(f"{path}.{name}", inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(f"{path}[]", inner)
    else:
        yield path, _written(value)


def _written(value: Any) -> str:
    if isinstance(value, str):
        places = places_of(format_of(value) or "")
        return "short decimal" if places is not None and "." in value and places < FEWEST_PLACES else "text"
    if isinstance(value, int) and not isinstance(value, bool):
        return format_of(value) or "number"
    return type(value).__name__
