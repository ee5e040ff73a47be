"""What every kind of activity (活动, 拼课团) has in one shape on the console."""

import json
from typing import Any, ClassVar, Generic, TypeVar

from clients.bodies import ActivitySearch, AnyBody, Paging
from clients.response import Answer
from clients.transport import Resource, segment

Row = TypeVar("Row")
Rows = list[Row]


class Activities(Resource, Generic[Row]):
    """`name` is the resource in the names of calls, `path` where its calls are."""

    name: ClassVar[str]
    path: ClassVar[str]

    def list(
        self,
        *,
        search_word: str | None = None,
        event_search: ActivitySearch | str | None = None,
        page: Paging = None,
        size: Paging = None,
        limit: Paging = None,
    ) -> Answer[Rows[Row]]:
        """One page, in the order of C-12.

        `event_search` as a mapping is sent as JSON, as a string as it is; either is URL-encoded once.
        """
        as_json = isinstance(event_search, dict)
        params = {
            "searchWord": search_word,
            "eventSearchVO": json.dumps(event_search, ensure_ascii=False) if as_json else event_search,
            "page": page,
            "size": size,
            "limit": limit,
        }
        return self._transport.call(f"{self.name}.list", "GET", f"{self.path}/list", params=params)

    def get(self, row_id: str) -> Answer[Row]:
        return self._transport.call(f"{self.name}.get", "GET", self._at(row_id))

    def create(self, body: AnyBody) -> Answer[str]:
        """The answer's data is the new row's id."""
        return self._transport.call(f"{self.name}.create", "POST", self.path, json=body)

    def create_raw(self, body: bytes) -> Answer[str]:
        """As `create`, with the bytes of a body as they are."""
        return self._transport.call(f"{self.name}.create", "POST", self.path, raw_body=body)

    def update(self, row_id: str, body: AnyBody) -> Answer[Any]:
        """A whole-object PUT: an optional field left out becomes null (C-03)."""
        return self._transport.call(f"{self.name}.update", "PUT", self._at(row_id), json=body)

    def delete(self, row_id: str) -> Answer[Any]:
        return self._transport.call(f"{self.name}.delete", "DELETE", self._at(row_id))

    def copy(self, row_id: str) -> Answer[Any]:
        """Makes a copy each time, so it is never sent again by itself; whether it tells the id: by kind."""
        return self._transport.call(f"{self.name}.copy", "PUT", f"{self._at(row_id)}/copy", repeatable=False)

    def recommend(self, row_id: str, recommend: bool | str | None) -> Answer[Any]:
        """Pin or unpin; form-encoded (C-16)."""
        return self._switch(row_id, "recommend", recommend)

    def _switch(self, row_id: str, field: str, value: bool | str | None) -> Answer[Any]:
        """A call and its one form field of the same name; a string goes as it is, None is left out."""
        word = str(value).lower() if isinstance(value, bool) else value
        return self._transport.call(
            f"{self.name}.{field}", "PUT", f"{self._at(row_id)}/{field}", form={field: word}
        )

    def _at(self, row_id: str) -> str:
        return f"{self.path}/{segment(row_id)}"
