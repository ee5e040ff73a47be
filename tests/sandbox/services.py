"""Where the real services are that a sandbox is tried on: where the run's options say."""

from dataclasses import dataclass
from typing import NoReturn

import pytest
from sqlalchemy import make_url


@dataclass
class Services:
    """`mariadb` is the URL of a server without a database; `required` fails what would be skipped."""

    mariadb: str = ""
    rabbitmq: str = ""
    required: bool = False

    def take(self, config: pytest.Config) -> None:
        url = make_url(config.getoption("--mariadb")).set(database="")
        self.mariadb = url.render_as_string(hide_password=False).rstrip("/")
        self.rabbitmq = config.getoption("--rabbitmq")
        self.required = config.getoption("--require-services")

    def absent(self, reason: str) -> NoReturn:
        if self.required:
            pytest.fail(reason)
        pytest.skip(reason)


SERVICES = Services()
"""Filled before any test module is imported."""
