"""Fixtures for all tests: where things are, and a run that comes out the same every time."""

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from onrecord import config
from onrecord.config import Settings
from onrecord.snapshot.folder import workshop
from onrecord.workspace import Workspace

REPO = Path(__file__).resolve().parent.parent

# The variables that say where the tests find something; every other ONRECORD_* of the caller is taken away.
KEPT = {"ONRECORD_CAPTURES", "ONRECORD_CHROMIUM"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """What is too long for every run."""
    parser.addoption("--every-address", action="store_true", help="follow every IRI of the records")


# "gate" tries the same examples in every run; HYPOTHESIS_PROFILE=search looks for new ones.
hypothesis_settings.register_profile(
    "gate",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow],
)
hypothesis_settings.register_profile("search", deadline=None, max_examples=2000)


def pytest_configure() -> None:
    """Fixes what a run could depend on: the clock of builds, the caller's settings, Hypothesis' dice."""
    hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "gate"))
    os.environ["SOURCE_DATE_EPOCH"] = "1541116800"  # 2 November 2018, 00:00 UTC
    for name in [name for name in os.environ if name.startswith("ONRECORD_") and name not in KEPT]:
        del os.environ[name]


@pytest.fixture(scope="session")
def repo() -> Path:
    """The checkout's top folder."""
    return REPO


@pytest.fixture(scope="session")
def captures() -> Path | None:
    """The folder with the articles' full texts, which are no part of the checkout; None where there is none.

    It is ONRECORD_CAPTURES, else `../shared/seeds` beside the checkout. A test that gets None uses
    articles written for tests instead; it never skips.
    """
    named = os.environ.get("ONRECORD_CAPTURES")
    folder = Path(named) if named else REPO.parent / "shared" / "seeds"
    if named and not folder.is_dir():
        pytest.fail(f"ONRECORD_CAPTURES is {named!r}, and there is no such folder", pytrace=False)
    return folder if folder.is_dir() else None


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the Chromium or Chrome that browser tests drive; fails saying what to install."""
    found = subprocess.run(["bash", REPO / ".ci" / "browser"], capture_output=True, text=True, check=False)
    if found.returncode != 0:
        pytest.fail(found.stderr, pytrace=False)
    return found.stdout.strip()


@pytest.fixture(scope="session")
def plain_environment() -> Mapping[str, str]:
    """The environment of a user's shell, for processes that are timed or run elsewhere."""
    ours = ("COV_CORE_", "COVERAGE_", "ONRECORD_", "PYTEST_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


@pytest.fixture(scope="session")
def workspace(captures: Path | None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The first dossier, built once for all tests of a process."""
    settings = config.settings(
        REPO / "data", tmp_path_factory.mktemp("dossier") / "snapshot", captures, environment={}
    )
    with shared(settings) as opened:
        yield opened


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The record written for tests (`tests/data/example`) with its captures, built once for all of them."""
    folder = REPO / "tests" / "data" / "example"
    snapshot = tmp_path_factory.mktemp("example") / "snapshot"
    with shared(config.settings(folder, snapshot, folder / "captures", environment={})) as opened:
        yield opened


@contextmanager
def shared(settings: Settings) -> Iterator[Workspace]:
    """A record that is built now and read by many tests.

    The builder's lock is kept: a test that publishes into it is refused, and disturbs no other that reads it.
    """
    with Workspace(settings) as opened:
        opened.build()
        with workshop(settings.snapshot):
            yield opened
