"""Who the tests act as: somebody signed in on one of the fronts, over Flask's test client."""

import json
from dataclasses import dataclass, field
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from sandbox import Sandbox

JsonObject = dict[str, Any]
PASSWORD = "sandbox"


@dataclass(frozen=True)
class Answer:
    response: TestResponse

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def envelope(self) -> JsonObject:
        envelope: JsonObject = self.response.get_json()
        return envelope

    @property
    def code(self) -> str:
        return str(self.envelope["code"])

    @property
    def message(self) -> str:
        return str(self.envelope["message"])

    @property
    def data(self) -> Any:
        return self.envelope["data"]


@dataclass(frozen=True)
class Actor:
    app: Sandbox
    front: str
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def client(self) -> FlaskClient:
        return self.app.test_client()

    def call(self, method: str, path: str, **options: Any) -> Answer:
        headers = {**self.headers, **options.pop("headers", {})}
        if "json" in options:  # by ourselves, for Flask's cannot write a lone surrogate
            options |= {"data": json.dumps(options.pop("json")), "content_type": "application/json"}
        return Answer(self.client.open(self.front + path, method=method, headers=headers, **options))

    def get(self, path: str, **query: Any) -> Answer:
        return self.call("GET", path, query_string=query or None)

    def post(self, path: str, body: Any = None, **query: Any) -> Answer:
        return self.call("POST", path, json=body, query_string=query or None)

    def put(self, path: str, body: Any = None) -> Answer:
        return self.call("PUT", path, json=body)

    def put_form(self, path: str, **form: str) -> Answer:
        return self.call("PUT", path, data=form)

    def delete(self, path: str) -> Answer:
        return self.call("DELETE", path)


def tenant(app: Sandbox, username: str, password: str = PASSWORD) -> Actor:
    stranger = Actor(app, "/dab")
    token = stranger.post("/tenants/login", {"username": username, "password": password}).data["token"]
    return Actor(app, "/dab", {"X-Token": token})


def member(app: Sandbox, code: str, app_id: str = "wx-sandbox-main") -> Actor:
    stranger = Actor(app, "/clt", {"X-Wx-Appid": app_id})
    token = stranger.get("/wechat/login", code=code).data["accessToken"]
    return Actor(app, "/clt", {"X-Wx-Appid": app_id, "accessToken": token})
