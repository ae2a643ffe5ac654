"""The one workspace of this process, and what pages ask it.

A snapshot that is published while the app runs is picked up with the next click. The workspace that it
replaces is closed when the last query that it may be answering has reached its time limit. Answers are kept
by snapshot and shared between readers: nothing changes them.
"""

import threading
from collections.abc import Mapping

import streamlit as st

from onrecord.errors import OnRecordError
from onrecord.query import Answer
from onrecord.workspace import Workspace, open_workspace


def _current(found: Workspace) -> bool:
    try:
        return found.refreshed() is found
    except OnRecordError:
        return False


def _close_later(found: Workspace) -> None:
    timer = threading.Timer(found.limits.time_limit_s + 1, found.close)
    timer.daemon = True
    timer.start()


@st.cache_resource(validate=_current, on_release=_close_later, show_spinner=False)
def _opened(folder: str, _found: Workspace) -> Workspace:
    _ = folder, _found.snapshot
    return _found


def workspace() -> Workspace:
    """The workspace for the published snapshot.

    Raises:
        NoSnapshot: nothing was built yet.
        ConfigurationError, StorageError: a folder is missing or damaged.
    """
    found = open_workspace()
    return _opened(str(found.settings.snapshot), found)


@st.cache_resource(max_entries=256, show_spinner=False)
def _answer(snapshot: str, name: str, parameters: tuple[tuple[str, str], ...], _in: Workspace) -> Answer:
    _ = snapshot
    return _in.ask(name, dict(parameters))


def ask(name: str, parameters: Mapping[str, str | None] | None = None) -> Answer:
    """The answer to a named question; parameters that are empty are left out. Raises as `Workspace.ask`."""
    given = tuple(sorted((key, value) for key, value in (parameters or {}).items() if value))
    found = workspace()
    return _answer(str(found.snapshot.path), name, given, found)


def found_words(query: str, noun: str) -> set[str]:
    """Slugs of the records of a noun (`event`, `statement`, …) in which the words were found."""
    found = workspace()
    return _hits(str(found.snapshot.path), query, noun, found)


@st.cache_resource(max_entries=256, show_spinner=False)
def _hits(snapshot: str, query: str, noun: str, _in: Workspace) -> set[str]:
    _ = snapshot
    answer = _in.search(query, limit=1_000_000)
    return {row["slug"] for row in answer.rows if row["noun"] == noun}


def labels() -> Mapping[str, str]:
    """Slug → name for people of every actor, document, event and source."""
    return _labels(str(workspace().snapshot.path))


@st.cache_resource(max_entries=4, show_spinner=False)
def _labels(snapshot: str) -> Mapping[str, str]:
    _ = snapshot
    named = {row["actor"]: row["label"] for row in ask("actors").rows}
    named |= {row["document"]: row["label"] for row in ask("documents").rows}
    named |= {row["event"]: row["label"] for row in ask("timeline").rows}
    sources = workspace().snapshot.manifest.sources
    return named | {slug: str(entry["title"]) for slug, entry in sources.items()}


def publisher_of(source: str) -> str:
    """Name of the publisher of a source; the source's slug where the record has none."""
    entry = workspace().snapshot.manifest.sources.get(source, {})
    return labels().get(entry.get("publisher", ""), source)
