"""An embedded stand-in of the marketing platform, built from its contract alone."""

from sandbox.app import Sandbox, create_app
from sandbox.db import UnusableDatabaseError
from sandbox.server import running, serving

__all__ = ["Sandbox", "UnusableDatabaseError", "create_app", "running", "serving"]
