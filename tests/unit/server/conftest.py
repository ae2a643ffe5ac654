"""The record written for tests and the first dossier, each behind a server of its own."""

from collections.abc import Iterator

import pytest
from tests.serving import Served, serving

from onrecord.workspace import Workspace


@pytest.fixture(scope="session")
def server(workspace: Workspace) -> Iterator[Served]:
    """The first dossier over HTTP."""
    with serving(workspace.settings) as served:
        yield served
