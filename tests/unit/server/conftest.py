"""The record written for tests and the first dossier, each behind a server of its own."""

from collections.abc import Iterator

import pytest
from tests.serving import Served, serving
from tests.upkept import upkept

from onrecord.workspace import Workspace


@pytest.fixture(scope="session")
def server(workspace: Workspace) -> Iterator[Served]:
    """The first dossier over HTTP."""
    with serving(workspace.settings) as served:
        yield served


@pytest.fixture(scope="session")
def kept_up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The example record after years of upkeep (see `tests/upkept.py`)."""
    with upkept(tmp_path_factory.mktemp("upkept")) as workspace:
        yield workspace


@pytest.fixture(scope="session")
def upkept_server(kept_up: Workspace) -> Iterator[Served]:
    """The example record after years of upkeep, over HTTP."""
    with serving(kept_up.settings) as served:
        yield served
