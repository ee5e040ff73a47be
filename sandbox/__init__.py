"""An embedded stand-in of the marketing platform, built from its contract alone."""

from sandbox.app import Sandbox, create_app
from sandbox.db import UnusableDatabaseError
from sandbox.faults.registry import UnknownFaultError, faults_named
from sandbox.releases.registry import UnknownChangeError, changes_named
from sandbox.server import running, serving
from sandbox.weather import BadWeatherError, Weather

__all__ = [
    "BadWeatherError",
    "Sandbox",
    "UnknownChangeError",
    "UnknownFaultError",
    "UnusableDatabaseError",
    "Weather",
    "changes_named",
    "create_app",
    "faults_named",
    "running",
    "serving",
]
