"""How a seeded defect gets in: it replaces a rule that is `replaceable`, or spoils what a flush writes.

A defect is declared by decorating a function, whose name and docstring become its own. Which are on is a
matter of one sandbox: its transactions carry them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

if TYPE_CHECKING:
    from sandbox.db import Base, Transaction

P = ParamSpec("P")
T = TypeVar("T")
Row = TypeVar("Row", bound="Base")
Rule = Callable[Concatenate["Transaction", P], T]


class Write(Enum):
    """What a flush does to a row."""

    MADE = "made"
    CHANGED = "changed"
    REMOVED = "removed"


# what a defect gets in at: a write of a model, or a rule
Place = tuple[Write, type["Base"]] | Callable[..., Any]


@dataclass(frozen=True)
class Fault:
    name: str
    rules: tuple[str, ...]
    description: str
    place: Place
    run: Callable[..., Any]


class Faults:
    """Those that are on."""

    def __init__(self, on: Iterable[Fault] = ()) -> None:
        chosen = tuple(on)
        self.names = [fault.name for fault in chosen]
        self._at: dict[Place, list[Callable[..., Any]]] = defaultdict(list)
        for fault in chosen:
            self._at[fault.place].append(fault.run)

    def spoil(self, tx: "Transaction") -> None:
        """Just before a flush, when all is as the rules want it."""
        if not self._at:
            return
        changed = [row for row in tx.dirty if tx.is_modified(row)]
        writes = ((Write.MADE, list(tx.new)), (Write.CHANGED, changed), (Write.REMOVED, list(tx.deleted)))
        for write, rows in writes:
            for row in rows:
                for run in self._at.get((write, type(row)), ()):
                    run(tx, row)

    def instead_of(self, place: Place, rule: Callable[..., T]) -> Callable[..., T]:
        """The rule, or what replaces it; several replace one another's."""
        for run in self._at.get(place, ()):
            rule = partial(run, rule)
        return rule


NO_FAULTS = Faults()


def replaceable(rule: Rule[P, T]) -> Rule[P, T]:
    """Lets a defect replace the rule, for a transaction in whose sandbox it is on."""

    @wraps(rule)
    def in_force(tx: "Transaction", /, *args: P.args, **kwargs: P.kwargs) -> T:
        return tx.faults.instead_of(in_force, rule)(tx, *args, **kwargs)

    return in_force


def replaces(rule: Rule[P, T], *rules: str) -> Callable[[Callable[..., T]], Fault]:
    """Declares a defect that runs in place of a rule; it is given the rule, then what the rule is given."""
    return partial(_fault, rule, rules)


def when_made(model: type[Row], *rules: str) -> Callable[[Callable[["Transaction", Row], None]], Fault]:
    """Declares a defect that spoils each new row of a table."""
    return partial(_fault, (Write.MADE, model), rules)


def when_changed(model: type[Row], *rules: str) -> Callable[[Callable[["Transaction", Row], None]], Fault]:
    """Declares a defect that spoils each change of a row."""
    return partial(_fault, (Write.CHANGED, model), rules)


def when_removed(model: type[Row], *rules: str) -> Callable[[Callable[["Transaction", Row], None]], Fault]:
    """Declares a defect that spoils each removal of a row."""
    return partial(_fault, (Write.REMOVED, model), rules)


def _fault(place: Place, rules: tuple[str, ...], run: Callable[..., Any]) -> Fault:
    return Fault(run.__name__.replace("_", "-"), rules, run.__doc__ or "", place, run)
