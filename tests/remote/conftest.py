"""The first dossier, published to a real engine that then serves it read-only."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.remote.engines import oxigraph

from onrecord.endpoint import Endpoint
from onrecord.remote.target import target
from onrecord.workspace import Workspace


def silent(step: str, number: int, of: int) -> None:
    """No progress is shown."""


def copied(folder: Path, where: Path) -> Path:
    """A copy of an engine's folder, to do with as a test likes."""
    return Path(shutil.copytree(folder, where / "engine"))


@pytest.fixture(scope="session")
def small(example: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an engine to which the record written for tests was published."""
    folder = tmp_path_factory.mktemp("small")
    with oxigraph(folder) as address:
        assert example.publish(target(Endpoint.read(address)), silent).complete
    return folder


@pytest.fixture(scope="session")
def read_only(workspace: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`oxigraph serve-read-only` with the first dossier: its address for queries."""
    folder = tmp_path_factory.mktemp("oxigraph")
    with oxigraph(folder) as address:
        published = workspace.publish(target(Endpoint.read(address)), silent)
    assert published.complete
    assert published.different == ()
    with oxigraph(folder, command="serve-read-only") as address:
        yield address


@pytest.fixture(scope="session")
def remote(workspace: Workspace, read_only: str) -> Iterator[Workspace]:
    """The first dossier, answered by the engine."""
    settings = replace(workspace.settings, endpoint=Endpoint.read(read_only))
    with Workspace(settings, workspace.limits) as opened:
        yield opened
