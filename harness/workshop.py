"""Makes what a test needs to be there first: activities of one kind, each under the test's own mark.

A kind (`harness/kinds/`) says how its valid body looks; everything else is the same for all.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar, Generic, TypeVar

from clients import AdminClient, Answer, PlatformFailure
from clients.admin.activities import Activities
from harness.case_words import WordContext, changed
from harness.material import Material

Row = TypeVar("Row", bound=Mapping[str, Any])
COPIES_LOOKED_FOR = 100


class Workshop(ABC, Generic[Row]):
    """Valid bodies of one kind of activity, and activities made of them.

    `prefix` is that of its resource ids, `title` the field that names it and that a search reads (C-11),
    `brief` its short text, `switch` the field and call that put it on the mini-program.
    """

    prefix: ClassVar[str]
    title: ClassVar[str]
    brief: ClassVar[str]
    switch: ClassVar[str]

    def __init__(self, material: Material) -> None:
        self._material = material

    @abstractmethod
    def calls(self, caller: AdminClient | None = None) -> Activities[Row]:
        """The kind's calls on the console, as the main tenant or as another."""

    @abstractmethod
    def turn(self, row_id: str, on: bool | str | None, caller: AdminClient | None = None) -> Answer[Any]:
        """Call `switch`: publish or withdraw."""

    @abstractmethod
    def valid_body(self, resource_id: str) -> Mapping[str, Any]:
        """Every field of the contract filled, not on the mini-program, not yet open."""

    @abstractmethod
    def writable(self, row: Row) -> dict[str, Any]:
        """What a whole-object PUT of this row sends: the body without what the platform computes."""

    @property
    def words(self) -> WordContext:
        return self._material.words

    @property
    def mark(self) -> str:
        return self._material.randomness.mark

    @property
    def admin(self) -> AdminClient:
        return self._material.admin

    def body(self, changes: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """A valid body with a new resource id, changed as a case says."""
        resource_id = self.admin.resources.new_id(self.prefix).require_data()
        return self.changed(self.valid_body(resource_id), changes or {})

    def make(self, changes: Mapping[str, Any] | None = None, *, caller: AdminClient | None = None) -> Row:
        """Create an activity (as another tenant, if one is given) and read it back.

        Its switch and `recommend` are made so by their own calls, as the console does.
        """
        wanted = dict(changes or {})
        switched_on, recommended = (wanted.pop(name, False) for name in (self.switch, "recommend"))
        calls = self.calls(caller)
        row_id = calls.create(self.body(wanted)).require_data()
        if switched_on:
            self.turn(row_id, on=True, caller=caller).require_ok()
        if recommended:
            calls.recommend(row_id, recommend=True).require_ok()
        return calls.get(row_id).require_data()

    def read(self, row: Row) -> Row:
        """The row as it is now."""
        return self.calls().get(row["id"]).require_data()

    def changed(self, body: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
        """A copy of a body with a case's changes."""
        return changed(body, changes, self.words)

    def within_mark(self) -> list[Row]:
        """All that the test has made of this kind, as the list has it."""
        return self.calls().list(search_word=self.mark, page=1, size=COPIES_LOOKED_FOR).require_data()

    def copy_of(self, original: Row) -> Row:
        """The one copy of an activity, found by the test's mark: not every kind's copy tells its id."""
        copies = [row for row in self.within_mark() if row["id"] != original["id"]]
        if len(copies) != 1:
            raise PlatformFailure(f"应恰有一个副本，实有 {len(copies)} 个")
        return copies[0]


AnyWorkshop = Workshop[Any]
"""For what is the same whatever the kind."""


def picked(row: Mapping[str, Any], body: type) -> dict[str, Any]:
    """The part of a row that stands in a body, by the keys of its TypedDict."""
    return {key: value for key, value in row.items() if key in body.__annotations__}
