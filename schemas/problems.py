"""The one error of the generator: a source or a correction that cannot be used."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader finds something: a file below the schemas folder, and its line from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class SourceProblem(Exception):
    """Something in a source or in corrections.yaml that nothing can be written from; its text is one line."""

    def __init__(self, place: Place, what: str, mend: str) -> None:
        super().__init__(" ".join(f"{place}: {what}; {mend}".split()))
