"""The one record of this process, and what pages ask it.

The HTTP interface on the same port reads the same record, so that workers and limits are shared. A snapshot
that is published while the app runs is picked up with the next click. The workspace that it replaces is let
go when the last query that it may be answering has reached its time limit. Answers are kept by snapshot and
shared between readers: nothing changes them.
"""

import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import ExitStack
from functools import lru_cache, partial, wraps
from typing import Any, ParamSpec, TypeVar

import streamlit as st

from onrecord.config import Settings
from onrecord.errors import OnRecordError
from onrecord.exporters import About, ExportFile
from onrecord.query import Answer, Limits
from onrecord.server.record import ServedRecord
from onrecord.snapshot.chronicle import Chronicle
from onrecord.snapshot.manifest import Manifest
from onrecord.terms import Concept
from onrecord.workspace import Workspace, open_workspace
from parts.markup import words

Row = Mapping[str, Any]
"""A row of an answer, by its columns."""
Asked = ParamSpec("Asked")
Found = TypeVar("Found")


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
    _run.workspace, _run.found = None, {}


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


def manifest() -> Manifest:
    """What the snapshot says of itself. Raises as `workspace`."""
    return workspace().snapshot.manifest


def kept(most: int) -> Callable[[Callable[Asked, Found]], Callable[Asked, Found]]:
    """Keeps what a function finds in the record, by snapshot and arguments, for all readers.

    most: answers that are kept. Arguments are text, numbers and mappings of text, of which values that are
    empty do not count; what a function given to it does must follow from the others. A page asks for hundreds
    of names: what a run has found it has at hand to its end.
    """

    def decorated(find: Callable[Asked, Found]) -> Callable[Asked, Found]:
        def found(snapshot: str, given: tuple[object, ...], _find: Callable[[], Found]) -> Found:
            _ = snapshot, given
            return _find()

        found.__module__, found.__qualname__ = find.__module__, find.__qualname__  # Streamlit's key of it
        keeping = st.cache_resource(max_entries=most, show_spinner=False)(found)

        @wraps(find)
        def asked(*given: Asked.args, **named: Asked.kwargs) -> Found:
            values = tuple(_key(each) for each in (*given, *named.values()) if not callable(each))
            of_run: dict[object, Found] = _run.__dict__.setdefault("found", {})
            if (find, values) not in of_run:
                snapshot = str(workspace().snapshot.path)
                of_run[find, values] = keeping(snapshot, values, partial(find, *given, **named))
            return of_run[find, values]

        return asked

    return decorated


def _key(value: object) -> object:
    return tuple(sorted(_filled(value).items())) if isinstance(value, Mapping) else value


def _filled(given: Mapping[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in given.items() if value}


@kept(256)
def ask(name: str, parameters: Mapping[str, str | None] | None = None) -> Answer:
    """The answer to a named question; parameters that are empty are left out. Raises as `Workspace.ask`."""
    return workspace().ask(name, _filled(parameters or {}))


@kept(8)
def export(name: str, given: Mapping[str, str]) -> Sequence[ExportFile]:
    """The files of an export. Raises as `Workspace.export`."""
    return workspace().export(name, _filled(given))


@kept(2)
def about() -> About:
    """What the record says of itself."""
    return workspace().about()


@kept(512)
def chronicle(given: Mapping[str, str]) -> Chronicle:
    """The events that the filters of the timeline let through; empty ones are left out. Raises as `ask`."""
    return workspace().chronicle(_filled(given))


@kept(512)
def number(given: Mapping[str, str]) -> int:
    """How many events the filters let through."""
    return chronicle(given).count()


def counted(given: Mapping[str, str], name: str) -> Mapping[str, int]:
    """Value of a filter → how many events it would let through, most first."""
    return _counted({**given, name: ""}, name)


@kept(512)
def _counted(given: Mapping[str, str], name: str) -> Mapping[str, int]:
    return chronicle(given).counts(name)


@kept(4)
def dossiers() -> Mapping[str, str]:
    """Slug → name of every dossier."""
    return chronicle({}).names("dossier")


def labels() -> Mapping[str, str]:
    """Slug → name for people of every actor, document, event and source."""
    return _named()[1]


def nouns() -> Mapping[str, str]:
    """Slug → noun (`actor`, `document`, `event`) of what has a page of its own."""
    return _named()[0]


@kept(4)
def _named() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Noun and label by slug."""
    every = chronicle({})
    by_noun = {
        "document": every.names("document", "instrument"),
        "actor": every.actors(),
        "event": every.labels(),
    }
    nouns = {slug: noun for noun, named in by_noun.items() for slug in named}
    labels = {slug: label for named in by_noun.values() for slug, label in named.items()}
    sources = manifest().sources
    nouns = dict.fromkeys(sources, "document") | nouns
    return nouns, {slug: str(entry["title"]) for slug, entry in sources.items()} | labels


@kept(4)
def statements() -> Mapping[str, Row]:
    """Slug → row of every statement; of one that several sources print, the last."""
    return {row["statement"]: row for row in ask("who-said-what").rows}


def today(slug: str, known: Collection[str]) -> str:
    """The slug of today where `slug` is one that a record had before; any other as it is."""
    now = workspace().renamed(slug) if slug and slug not in known else None
    return now if now is not None and now in known else slug


def concept(scheme: str, notation: str | None) -> Concept:
    """A concept with its label and definition; one that is not known is called by its notation."""
    known = _concepts().get((scheme, notation or ""))
    return known or Concept("", scheme, notation or "", words(notation), "")


@kept(2)
def _concepts() -> Mapping[tuple[str, str], Concept]:
    return {(each.scheme, each.notation): each for each in workspace().concepts()}


@kept(4)
def known() -> Mapping[str, tuple[str, str]]:
    """Slug → noun and name of every record that people ask by."""
    return {each.slug: (each.noun, each.label) for each in workspace().named()}


@kept(128)
def choices(question: str, parameter: str) -> Mapping[str, str]:
    """What a parameter takes → its name for people; empty where it takes values of its own."""
    return workspace().choices(question, parameter)


def publisher_of(source: str) -> str:
    """Name of the publisher of a source; the source's slug where the record has none."""
    return labels().get(manifest().sources.get(source, {}).get("publisher", ""), source)
