"""The facade: everything the three doors (command line, app, HTTP) may ask for.

Heavy steps are imported when they are asked for, so that a question from cold does not pay for a build.
"""

from pathlib import Path

from onrecord.config import settings
from onrecord.workspace.exports import Exported
from onrecord.workspace.files import Files
from onrecord.workspace.words import Searched


class Workspace(Files, Searched, Exported):
    """One knowledge base: its files, its published snapshot, its captures.

    A workspace keeps the snapshot that it opened; `published_folder()` tells whether another was published
    since. Close it (or use it in `with`) to end its worker process.
    """


def open_workspace(
    data: str | Path | None = None,
    snapshot: str | Path | None = None,
    captures: str | Path | None = None,
    endpoint: str | None = None,
) -> Workspace:
    """A workspace with the settings of `onrecord.config.settings`."""
    return Workspace(settings(data, snapshot, captures, endpoint=endpoint))
