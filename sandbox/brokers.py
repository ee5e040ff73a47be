"""The message bus by URL: RabbitMQ, or memory where there is no URL."""

import json
import re
import time
from contextlib import suppress
from threading import Lock
from typing import Final
from urllib.parse import parse_qs, urlsplit

from pika import BasicProperties, BlockingConnection, DeliveryMode, URLParameters
from pika.adapters.blocking_connection import BlockingChannel
from pika.adapters.utils.connection_workflow import AMQPConnectorException, AMQPConnectorPhaseErrorBase
from pika.exceptions import AMQPError

from sandbox.bus import Bus, BusError, MemoryBus, Message

SCHEME: Final = "amqp://"
FAILED: Final = (AMQPError, AMQPConnectorException, OSError)  # what pika raises where a broker fails
