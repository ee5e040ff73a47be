"""A sandbox that dies while it publishes: `python -m tests.sandbox.dying MOMENT DATABASE MESSAGES EXCHANGE`.

A request tells of steps 1, 2 and 3. MOMENT says when the process ends, without a word to anybody: before the
commit, before step 2 goes out, or after it has gone out and before it is marked.
"""

import os
import sys
from dataclasses import dataclass
from typing import Final

from sandbox import create_app
from sandbox.brokers import RabbitBus
from sandbox.bus import Message
from sandbox.routes.context import transaction
from sandbox.rules.messages import tell

TOPIC: Final = "one_yuan_group"
MIDDLE: Final = 2  # of the steps
DEAD: Final = 70  # the exit code of a death that was meant


@dataclass
class DyingBus:
    moment: str
    rabbit: RabbitBus

    def publish(self, message: Message) -> None:
        self._die_if(message, "before-publish")
        self.rabbit.publish(message)
        self._die_if(message, "before-mark")

    def close(self) -> None:
        self.rabbit.close()

    def _die_if(self, message: Message, moment: str) -> None:
        if message.body["step"] == MIDDLE and moment == self.moment:
            os._exit(DEAD)


def main(moment: str, database: str, messages: str, exchange: str) -> None:
    app = create_app(database, bus=DyingBus(moment, RabbitBus(messages, exchange)))

    def change() -> str:
        for step in (1, 2, 3):
            tell(transaction(), TOPIC, {"step": step})
        if moment == "before-commit":
            transaction().flush()
            os._exit(DEAD)
        return "told"

    app.add_url_rule("/change", view_func=change, methods=["POST"])
    app.test_client().post("/change")


if __name__ == "__main__":
    main(*sys.argv[1:])
