"""The one record of this process, and what pages ask it.

The HTTP interface on the same port reads the same record, so that workers and limits are shared. A snapshot
that is published while the app runs is picked up with the next click. The workspace that it replaces is let
go when the last query that it may be answering has reached its time limit. Answers are kept by snapshot and
shared between readers: nothing changes them.
"""

import threading
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from functools import lru_cache

import streamlit as st

from onrecord.config import Settings
from onrecord.errors import OnRecordError
from onrecord.exporters import About, ExportFile
from onrecord.query import Answer, Limits
from onrecord.server.record import ServedRecord
from onrecord.snapshot.chronicle import Chronicle
from onrecord.terms import Concept
from onrecord.workspace import Workspace, open_workspace
from parts.markup import words


@lru_cache(maxsize=1)
def _served(settings: Settings, limits: Limits) -> ServedRecord:
    return ServedRecord(settings, limits)


def served() -> ServedRecord:
    """The record that this process serves, to readers of the app and over HTTP alike."""
    found = open_workspace()
    return _served(found.settings, found.limits)


class _Lease:
    """A workspace of the served record, held until it is let go."""

    def __init__(self, record: ServedRecord) -> None:
        self._held = ExitStack()
        self.workspace = self._held.enter_context(record.lease())
        self.folder = self.workspace.snapshot.path

    def let_go_later(self) -> None:
        timer = threading.Timer(self.workspace.limits.time_limit_s + 1, self._held.close)
        timer.daemon = True
        timer.start()


def _current(lease: _Lease) -> bool:
    try:
        return lease.workspace.published_folder() == lease.folder
    except OnRecordError:
        return False


@st.cache_resource(validate=_current, on_release=_Lease.let_go_later, show_spinner=False)
def _leased(folder: str, _record: ServedRecord) -> _Lease:
    _ = folder
    return _Lease(_record)


_run = threading.local()  # every run of a page has its thread; what it resolved first it keeps to the end


def begin() -> None:
    """A run of a page begins: whatever was published meanwhile is looked up anew."""
    _run.workspace = None
    _run.names = None
    _run.dossiers = None


def workspace() -> Workspace:
    """The workspace for the snapshot that was published when this run of the page began.

    Raises:
        NoSnapshot: nothing was built yet.
        ConfigurationError, StorageError: a folder is missing or damaged.
    """
    found: Workspace | None = getattr(_run, "workspace", None)
    if found is None:
        record = served()
        found = _leased(str(record.settings.snapshot), record).workspace
        _run.workspace = found
    return found


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


def export(name: str, given: Mapping[str, str]) -> Sequence[ExportFile]:
    """The files of an export. Raises as `Workspace.export`."""
    found = workspace()
    return _exported(str(found.snapshot.path), name, tuple(sorted(given.items())), found)


@st.cache_resource(max_entries=8, show_spinner=False)
def _exported(
    snapshot: str, name: str, given: tuple[tuple[str, str], ...], _in: Workspace
) -> Sequence[ExportFile]:
    _ = snapshot
    return _in.export(name, dict(given))


def about() -> About:
    """What the record says of itself."""
    found = workspace()
    return _about(str(found.snapshot.path), found)


@st.cache_resource(max_entries=2, show_spinner=False)
def _about(snapshot: str, _in: Workspace) -> About:
    _ = snapshot
    return _in.about()


def chronicle(given: Mapping[str, str]) -> Chronicle:
    """The events that the filters of the timeline let through; empty ones are left out. Raises as `ask`."""
    found = workspace()
    return _chronicle(str(found.snapshot.path), _pairs(given), found)


def _pairs(given: Mapping[str, str | None]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((key, value) for key, value in given.items() if value))


@st.cache_resource(max_entries=512, show_spinner=False)
def _chronicle(snapshot: str, given: tuple[tuple[str, str], ...], _in: Workspace) -> Chronicle:
    _ = snapshot
    return _in.chronicle(dict(given))


def number(given: Mapping[str, str]) -> int:
    """How many events the filters let through."""
    return _number(str(workspace().snapshot.path), _pairs(given))


@st.cache_resource(max_entries=512, show_spinner=False)
def _number(snapshot: str, given: tuple[tuple[str, str], ...]) -> int:
    _ = snapshot
    return chronicle(dict(given)).count()


def counted(given: Mapping[str, str], name: str) -> Mapping[str, int]:
    """Value of a filter → how many events it would let through, most first."""
    return _counted(str(workspace().snapshot.path), _pairs({**given, name: ""}), name)


@st.cache_resource(max_entries=512, show_spinner=False)
def _counted(snapshot: str, given: tuple[tuple[str, str], ...], name: str) -> Mapping[str, int]:
    _ = snapshot
    return chronicle(dict(given)).counts(name)


def dossiers() -> Mapping[str, str]:
    """Slug → name of every dossier; kept for the run, as names are."""
    found: Mapping[str, str] | None = getattr(_run, "dossiers", None)
    if found is None:
        found = _run.dossiers = _dossiers(str(workspace().snapshot.path))
    return found


@st.cache_resource(max_entries=4, show_spinner=False)
def _dossiers(snapshot: str) -> Mapping[str, str]:
    _ = snapshot
    return chronicle({}).names("dossier")


def labels() -> Mapping[str, str]:
    """Slug → name for people of every actor, document, event and source."""
    return _names()[1]


def nouns() -> Mapping[str, str]:
    """Slug → noun (`actor`, `document`, `event`) of what has a page of its own."""
    return _names()[0]


def _names() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Noun and label by slug; kept for the run, since a page asks for hundreds of names."""
    found: tuple[Mapping[str, str], Mapping[str, str]] | None = getattr(_run, "names", None)
    if found is None:
        found = _run.names = _named(str(workspace().snapshot.path))
    return found


@st.cache_resource(max_entries=4, show_spinner=False)
def _named(snapshot: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Noun and label by slug."""
    _ = snapshot
    every = chronicle({})
    by_noun = {
        "document": every.names("document", "instrument"),
        "actor": every.actors(),
        "event": every.labels(),
    }
    nouns = {slug: noun for noun, named in by_noun.items() for slug in named}
    labels = {slug: label for named in by_noun.values() for slug, label in named.items()}
    sources = workspace().snapshot.manifest.sources
    nouns = dict.fromkeys(sources, "document") | nouns
    return nouns, {slug: str(entry["title"]) for slug, entry in sources.items()} | labels


def concept(scheme: str, notation: str | None) -> Concept:
    """A concept with its label and definition; one that is not known is called by its notation."""
    known = _concepts().get((scheme, notation or ""))
    return known or Concept("", scheme, notation or "", words(notation), "")


@st.cache_resource(show_spinner=False)
def _concepts() -> Mapping[tuple[str, str], Concept]:
    return {(each.scheme, each.notation): each for each in workspace().concepts()}


def known() -> Mapping[str, tuple[str, str]]:
    """Slug → noun and name of every record that people ask by."""
    found = workspace()
    return _known(str(found.snapshot.path), found)


@st.cache_resource(max_entries=4, show_spinner=False)
def _known(snapshot: str, _in: Workspace) -> Mapping[str, tuple[str, str]]:
    _ = snapshot
    return {each.slug: (each.noun, each.label) for each in _in.named()}


def choices(question: str, parameter: str) -> Mapping[str, str]:
    """What a parameter takes → its name for people; empty where it takes values of its own."""
    found = workspace()
    return _choices(str(found.snapshot.path), question, parameter, found)


@st.cache_resource(max_entries=128, show_spinner=False)
def _choices(snapshot: str, question: str, parameter: str, _in: Workspace) -> Mapping[str, str]:
    _ = snapshot
    return _in.choices(question, parameter)


def publisher_of(source: str) -> str:
    """Name of the publisher of a source; the source's slug where the record has none."""
    entry = workspace().snapshot.manifest.sources.get(source, {})
    return labels().get(entry.get("publisher", ""), source)
