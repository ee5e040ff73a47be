"""pytest's hooks of `--report`: where results and page go, and the page at the very end of the run."""

import os
import sys
import time
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path

import pytest

from harness.builds import build_of
from harness.page.facts import write_facts
from harness.page.making import make_page
from harness.page.results import DEFAULT_FOLDER, empty
from harness.page.tools import NoPage
from harness.run import RUN

PAGE = pytest.StashKey[Path]()
OWN_FOLDER = pytest.StashKey[bool]()
SUFFIXES = frozenset({".html", ".htm"})
MEBIBYTE = 1 << 20


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Before allure-pytest reads where its results go, on the controller and on each worker."""
    given = config.getoption("report")
    if given is None or config.getoption("collectonly"):
        return
    own_folder = not config.getoption("allure_report_dir")
    if own_folder:
        config.option.allure_report_dir = DEFAULT_FOLDER
    if not _is_worker(config):
        config.stash[PAGE] = _target(given, config.invocation_params.dir)
        config.stash[OWN_FOLDER] = own_folder


def pytest_sessionstart(session: pytest.Session) -> None:
    """The folder that nobody has named holds one run; what a named one holds is for its owner to say.

    By `--clean-alluredir` the owner says it; done here, once and before any worker writes.
    """
    config = session.config
    if _is_worker(config) or config.option.collectonly:
        return
    if config.stash.get(OWN_FOLDER, False) or config.getoption("clean_alluredir", default=False):
        folder = config.invocation_params.dir / (config.getoption("allure_report_dir") or DEFAULT_FOLDER)
        try:
            empty(folder)
        except OSError as error:
            raise pytest.UsageError(
                f"--report: {error.filename} of an earlier run cannot be removed: {error.strerror}"
            ) from None


@pytest.hookimpl(wrapper=True, tryfirst=True)  # outermost: after all results and the summary
def pytest_sessionfinish(session: pytest.Session) -> Generator[None, object, object]:
    try:
        return (yield)
    finally:
        config = session.config
        if (target := config.stash.get(PAGE, None)) is not None:
            _tell(config, _outcome(config, target))
        elif config.getoption("allure_report_dir") and not (_is_worker(config) or config.option.collectonly):
            with suppress(OSError):  # that results cannot be written is said elsewhere
                _write_facts(config)


def _outcome(config: pytest.Config, target: Path) -> str:
    """What is said of the page, in one line. Whatever goes wrong here is no fault of the run."""
    run = config.stash[RUN]
    started = time.perf_counter()
    try:
        make_page([_write_facts(config)], target, run.rules)
    except NoPage as problem:
        return run.redactor.text(str(problem))
    except KeyboardInterrupt:
        return str(NoPage("被中断；结果仍在，可重跑", "interrupted"))
    except Exception as error:  # the run's exit code stands, whatever happens to the page
        told = f"{type(error).__name__}: {error}".splitlines()[0]
        return run.redactor.text(str(NoPage("出现意外错误；结果仍在，可重跑", told)))
    size, seconds = target.stat().st_size / MEBIBYTE, time.perf_counter() - started
    return f"报告页 page: {target}（{size:.1f} MiB，{seconds:.1f} s）"


def _write_facts(config: pytest.Config) -> Path:
    """Where they are: in the folder of the results, which a run without a test has not made."""
    results = config.invocation_params.dir / str(config.getoption("allure_report_dir"))
    results.mkdir(parents=True, exist_ok=True)
    write_facts(results, config.stash[RUN], build_of(os.environ))
    return results


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def _target(given: str, here: Path) -> Path:
    """A page takes the place of a file: of one that is no page it would be a loss."""
    target = here / given
    if target.suffix.lower() not in SUFFIXES or target.is_dir():
        raise pytest.UsageError(
            f"--report={given}: name a file that ends with .html, after an equals sign; without one, "
            "--report comes last or before another option"
        )
    return target


def _tell(config: pytest.Config, line: str) -> None:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None:
        reporter.write_line(line)
    else:
        print(line, file=sys.stderr)  # noqa: T201 - without a terminal reporter there is no other place
