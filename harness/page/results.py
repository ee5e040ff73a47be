"""The folder of results: what in it is an earlier run's, and may go."""

import re
from pathlib import Path
from typing import Final

DEFAULT_FOLDER: Final = "allure-results"
_UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_OURS = re.compile(
    rf"(?:[0-9a-f]+-)?(?:{_UUID}-(?:result|container)\.json|{_UUID}-attachment(?:\.\w+)?)(?:\.tmp)?"
    r"|[0-9a-f]+-[0-9]+-globals\.json|ledger-[\w.-]+\.json|environment\.properties|executor\.json"
)


def empty(folder: Path) -> None:
    """Remove the results of earlier runs, and no other file; a folder that is not there is empty."""
    for path in folder.iterdir() if folder.is_dir() else ():
        if _OURS.fullmatch(path.name) and not path.is_dir():
            path.unlink()
