"""Which paths are the interface's and which the app's, when both are on one port."""

from pathlib import Path

import pytest

from onrecord.config import Settings
from onrecord.query import Limits
from onrecord.server.application import _routes
from onrecord.server.beside import INTERFACE, SHARED, is_interface
from onrecord.server.door import Door
from onrecord.server.record import ServedRecord


@pytest.mark.parametrize(
    ("path", "interface"),
    [
        ("/", False),
        ("/said", False),
        ("/export", False),
        ("/export/", False),
        ("/export/csv", True),
        ("/sparql", True),
        ("/sparql/", True),
        ("/id/actor/margot-james", True),
        ("/identity", False),
        ("/_stcore/health", False),
        ("/health", True),
        ("/.well-known/void", True),
        ("/api/nothing", True),
    ],
)
def test_a_path_is_the_interface_s_or_a_page_s(path: str, interface: bool) -> None:
    assert is_interface(path) is interface


def test_every_address_of_the_interface_is_known_by_its_first_part() -> None:
    never_opened = ServedRecord(Settings(Path("data"), Path("snapshot"), Path("captures")), Limits())
    firsts = {route.path.split("/")[1] for route in _routes(Door(never_opened))}
    assert firsts == INTERFACE | SHARED
