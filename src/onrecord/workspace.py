"""The facade: everything the three doors (command line, app, HTTP) may ask for.

Heavy steps are imported when they are asked for, so that a question from cold does not pay for a build.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any
from weakref import finalize

from onrecord import resources
from onrecord.config import Settings
from onrecord.errors import NoSnapshot, UnknownName
from onrecord.findings import Finding
from onrecord.query import Answer, Gateway, Limits, QueryResult, Question, Questions
from onrecord.query.renaming import addresses
from onrecord.snapshot.folder import Snapshot, hold_snapshot, published_folder
from onrecord.terms import Concept, load_concepts

if TYPE_CHECKING:
    from onrecord.analysis.citations import CitationEdge
    from onrecord.build import BuildReport, Progress
    from onrecord.exporters import About, Cited, ExportFile, Format
    from onrecord.model import Correction
    from onrecord.proof import Proof
    from onrecord.query.questions import Named
    from onrecord.remote.loading import Published
    from onrecord.remote.target import Target
    from onrecord.snapshot.chronicle import Chronicle
    from onrecord.snapshot.suggestions import Suggested
    from onrecord.upkeep import Anchored

Announce = Callable[[str], None]


class Workspace:
    """One knowledge base: its files, its published snapshot, its captures.

    A workspace keeps the snapshot that it opened; `published_folder()` tells whether another was published
    since. Close it (or use it in `with`) to end its worker process.
    """

    def __init__(self, settings: Settings, limits: Limits | None = None, *, lane: bool = True) -> None:
        """lane: whether a worker is kept for the app; a server, which has none, gives all to its clients."""
        self.settings = settings
        self._lane = lane
        self.limits = limits or Limits.from_environment(os.environ)
        self._release: finalize[..., Workspace] | None = None
        self._stale: tuple[tuple[Path, str], bool] | None = None  # what was seen, and what it said

    def __enter__(self) -> "Workspace":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the worker process, if one was started, and lets go of the snapshot."""
        gateway = self.__dict__.pop("gateway", None)
        if gateway is not None:
            gateway.close()
        self.__dict__.pop("snapshot", None)
        if self._release is not None:
            self._release()

    def for_client(self, client: str, gone: Callable[[], bool] | None = None) -> "Workspace":
        """This workspace as one client of a server sees it: its queries wait in that client's place.

        client: its address. gone: whether it waits no longer, so that its queries end. Snapshot, workers and
        questions are shared; only this one is to be closed.
        """
        other = Workspace(self.settings, self.limits)
        other.__dict__ |= {
            "snapshot": self.snapshot,
            "questions": self.questions,
            "gateway": self.gateway.for_client(client, gone),
        }
        return other

    # -- the snapshot ------------------------------------------------------------------------------

    @cached_property
    def snapshot(self) -> Snapshot:
        """The published snapshot, resolved once and held: it is not collected while this workspace uses it.

        Raises:
            NoSnapshot: nothing was built yet (see `ensure`).
            StorageError: it is damaged.
        """
        snapshot, held = hold_snapshot(self.settings.snapshot)
        self._release = finalize(self, os.close, held)
        return snapshot

    def ensure(self, announce: Announce, progress: "Progress | None" = None) -> None:
        """Builds if there is no snapshot yet, saying so; says so too where the data are newer than it."""
        try:
            snapshot = self.snapshot
        except NoSnapshot as none:
            announce(f"{none.message}: building it from {self.settings.data}")
            self.build(progress=progress)
            return
        if self.stale(snapshot):
            announce(
                f"note: {self.settings.data} has changed since the snapshot was built; the answer is from "
                "the snapshot (onrecord build makes a new one)"
            )

    def stale(self, snapshot: Snapshot) -> bool:
        """Whether the files differ from those that the snapshot was built from."""
        from onrecord.snapshot.inputs import inputs_hash, inputs_signature

        seen = (snapshot.path, inputs_signature(self.settings.data))
        if self._stale is None or self._stale[0] != seen:
            self._stale = seen, snapshot.manifest.inputs != inputs_hash(self.settings.data)
        return self._stale[1]

    def published_folder(self) -> Path:
        """The folder of the snapshot that is published now, which may be a newer one than `snapshot`.

        Raises NoSnapshot, StorageError.
        """
        return published_folder(self.settings.snapshot)

    # -- files -------------------------------------------------------------------------------------

    def build(self, *, strict: bool = False, progress: "Progress | None" = None) -> "BuildReport":
        """Files → checked, published snapshot. Raises as `onrecord.build.build`."""
        from onrecord import build

        report = build.build(self.settings, strict=strict, progress=progress)
        self.close()
        return report

    def check(self, *, reason: bool = False, progress: "Progress | None" = None) -> list[Finding]:
        """All checks, publishes nothing; with `reason` the HermiT proof of consistency too."""
        from onrecord import build

        return build.check(self.settings, reason=reason, progress=progress)

    def format_files(self, *, write: bool = True) -> tuple[list[Path], list[Finding]]:
        """Files that are not canonical, rewritten where `write`; findings for those that can't be read."""
        from onrecord import upkeep

        return upkeep.format_files(self.settings.data, write=write)

    def anchor(self, slug: str) -> "Anchored":
        """Fills in the anchors of a source from its capture. Raises as `onrecord.upkeep.anchor_source`."""
        from onrecord import upkeep

        return upkeep.anchor_source(self.settings, slug)

    def correct(self, slug: str, reason: str, date: str) -> "Correction":
        """Logs that a record was corrected. Raises as `onrecord.upkeep.log_correction`."""
        from onrecord import upkeep

        return upkeep.log_correction(self.settings, "correct", slug, reason, date)

    def retract(self, slug: str, reason: str, date: str) -> "Correction":
        """Logs that a record is taken back. Raises as `onrecord.upkeep.log_correction`."""
        from onrecord import upkeep

        return upkeep.log_correction(self.settings, "retract", slug, reason, date)

    def verify(self, *, store: bool = False) -> "Proof":
        """Proves hashes and anchors against the captures at hand; with `store` re-hashes the snapshot."""
        from onrecord import proof

        return proof.verify(self.settings, store=store)

    def capture_text(self, source: str) -> str | None:
        """The full text of a source where the capture is at hand and is the one that was read, else None."""
        from onrecord.text import find_capture, read_capture

        entry = self.snapshot.manifest.sources.get(source)
        path = find_capture(self.settings.captures, entry["file"]) if entry else None
        capture = read_capture(path)[0] if path else None
        return capture.text if capture and entry and capture.sha256 == entry["sha256"] else None

    # -- questions ---------------------------------------------------------------------------------

    @cached_property
    def gateway(self) -> Gateway:
        """The one way in for every query; starts its worker with the first.

        With an endpoint the remote engine answers, if it holds the record of the snapshot; where there is no
        snapshot (see `is_remote_alone`), the one that it holds.
        """
        endpoint = self.settings.endpoint
        if endpoint is None:
            return Gateway(self.snapshot.store, self.limits, base=self.base, lane=self._lane)
        from onrecord.query.remote import Remote

        if self.is_remote_alone():
            remote = Remote(endpoint, self.limits, self.base)
        else:
            held = self.snapshot
            remote = Remote(endpoint, self.limits, self.base, held.manifest.dataset_hash, held.store)
        try:
            return Gateway(remote.store, self.limits, base=self.base, remote=remote, lane=self._lane)
        except BaseException:
            remote.close()
            raise

    def is_remote_alone(self) -> bool:
        """Whether questions are answered by a remote engine without a snapshot here to compare it with."""
        if self.settings.endpoint is None:
            return False
        try:
            _ = self.snapshot
        except NoSnapshot:
            return True
        return False

    @property
    def base(self) -> str:
        """The base of the IRIs of the record: of its snapshot, where there is none of its files."""
        from onrecord.config import identity

        return identity(self.settings.data).base if self.is_remote_alone() else self.snapshot.manifest.base

    @cached_property
    def questions(self) -> Questions:
        """The named questions."""
        return Questions.load(base=self.base)

    def list_questions(self) -> list[Question]:
        """Every named question; needs no snapshot."""
        return list(Questions.load())

    def question(self, name: str) -> Question:
        """One named question; needs no snapshot. Raises UnknownName with the nearest names."""
        return Questions.load().require(name)

    def parameter_values(self) -> dict[str, list[str]]:
        """The values that parameters and columns of a kind can take, as `question.name` → values."""
        return Questions.load().parameter_values()

    def named(self) -> "list[Named]":
        """Every record that people ask by, by slug."""
        return self.questions.named(self.gateway)

    def choices(self, name: str, parameter: str) -> dict[str, str]:
        """What a parameter of a question takes, as `Questions.choices`. Raises UnknownName."""
        question = self.questions.require(name)
        found = next((each for each in question.parameters if each.name == parameter), None)
        if found is None:
            raise UnknownName(f"the question '{name}' has no parameter '{parameter}'")
        return self.questions.choices(self.gateway, found)

    def query_text(self, name: str, parameters: Mapping[str, str] | None = None) -> str:
        """The SPARQL of a named question; nothing is run. Raises as `Questions.query_text`."""
        return self.questions.query_text(name, parameters or {})

    def iri(self, slug: str) -> str | None:
        """The IRI of the record that a slug names; None where nothing has it."""
        nouns = [noun for noun in self.questions.nouns_of(self.gateway, slug) if noun != "capture"]
        return f"{self.snapshot.manifest.base}id/{nouns[0]}/{slug}" if nouns else None

    def concepts(self) -> list[Concept]:
        """Every concept of the kinds, with label and definition, by scheme and notation."""
        return load_concepts(resources.ontology_dir())

    def ask(self, name: str, parameters: Mapping[str, str] | None = None) -> Answer:
        """A named question.

        Raises:
            UnknownName: no such question, parameter, slug or concept.
            UsageError: a value that does not parse.
            LimitExceeded: a published limit was reached.
        """
        return self.questions.answer(self.gateway, name, parameters or {})

    def renamed(self, word: str) -> str | None:
        """The slug of today where `word` is a slug or an IRI that a record had before, else None.

        `ask` and `export` follow it by themselves and say so; this is for addresses of pages.
        """
        return self.questions.renamed(self.gateway, word)

    def addresses(self, path: str) -> list[str]:
        """Where a path below the base may lead, itself included, likeliest first (`id/actor/…`)."""
        return addresses(path, self.questions.redirects(self.gateway))

    def query(
        self,
        text: str,
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        stop: Event | None = None,
    ) -> QueryResult:
        """SPARQL: the whole answer or one error.

        default_graphs, named_graphs: IRIs of the dataset, in place of the query's own `FROM` (SPARQL 1.1
        Protocol, 2.1.4); one that is not a graph of this knowledge base is empty. stop: set from another
        thread, it ends the query.

        Raises:
            QueryRefused: malformed, or refused by name.
            LimitExceeded: a published limit was reached.
            Stopped: by `stop`.
        """
        return self.gateway.query(text, default_graphs=default_graphs, named_graphs=named_graphs, stop=stop)

    def search(self, words: str, limit: int = 20, offset: int = 0) -> Answer:
        """Full text over statements, events and documents; `total` is always the whole number."""
        from onrecord.snapshot import search

        return search.answer(self.snapshot.search, words, limit, offset)

    @cached_property
    def citations(self) -> "tuple[CitationEdge, ...]":
        """Every reference of the record, with its passages. Raises LimitExceeded."""
        from onrecord import exporters

        return exporters.citations_from(self)

    def network(self, filters: Mapping[str, str] | None = None) -> "Cited":
        """The references that filters select, and the network of the node that they name.

        filters: `around`, `depth`, `direction`, `relation`, `source`, `from`, `to`, `at`, as for `export`.

        Raises:
            UnknownName: no such node, relation or filter.
            UsageError: a value that does not parse.
        """
        from onrecord import exporters

        return exporters.cited(self.citations, exporters.own_filters(filters or {}))

    def suggest(self, query: str, limit: int = 8) -> "Suggested":
        """Names and printed words that begin as a reader types. Raises as `snapshot.suggestions.suggest`."""
        from onrecord.snapshot import suggestions

        return suggestions.suggest(self.snapshot.search, query, limit)

    def found_by_noun(self, words: str) -> dict[str, int]:
        """Noun → how many of its records hold all the words. Raises UsageError where there are no words."""
        from onrecord.snapshot import groups

        return groups.counts(self.snapshot.search, words)

    def found_of(self, noun: str, words: str, limit: int, offset: int = 0) -> list[Mapping[str, Any]]:
        """A page of what was found of a noun. Columns and order as `snapshot.groups.of_noun`."""
        from onrecord.snapshot import groups

        return groups.of_noun(self.snapshot.search, words, noun, limit, offset)

    def near_words(self, word: str, most: int = 3) -> tuple[str, ...]:
        """Words that the record holds and that `word` may have meant, nearest first."""
        from difflib import get_close_matches

        from onrecord.snapshot import groups

        known = groups.vocabulary(self.snapshot.search, max(len(word) - 2, 1), len(word) + 2)
        return tuple(get_close_matches(word.casefold(), known, n=most, cutoff=0.6))

    def publish(
        self,
        to: "Target",
        progress: "Callable[[str, int, int], None]",
        *,
        loaded: bool = False,
    ) -> "Published":
        """Puts the snapshot into a remote engine, and finds out whether it answers as our own does.

        Raises as `onrecord.remote.loading.publish`.
        """
        from uuid import uuid4

        from onrecord.query.vetting import differing
        from onrecord.remote import loading

        published = loading.publish(self.snapshot, to, uuid4().urn, progress, loaded=loaded)
        if not published.complete:
            return published
        different = differing(self.questions, self.snapshot, to.queries, self.limits, progress)
        if not different:
            loading.note_that_it_answers(self.snapshot, to, uuid4().urn, published)
        return replace(published, different=different)

    def chronicle(self, filters: Mapping[str, str] | None = None) -> "Chronicle":
        """The events that the filters of the question `timeline` and the words `q` let through.

        The same as the question gives, from the index of events: page by page, counted, and in bins of time,
        at a cost that does not grow with the record as the question's does. Raises as `ask`.
        """
        return self.questions.chronicle(self.gateway, self.snapshot.search, filters or {})

    # -- exports -----------------------------------------------------------------------------------

    def export_formats(self) -> "Sequence[Format]":
        """What `export` can write, in the order of the documentation."""
        from onrecord import exporters

        return tuple(exporters.FORMATS.values())

    def about(self) -> "About":
        """What the record says of itself: licence, sources and their rights, cut-off, counts, corrections."""
        from onrecord import exporters

        return exporters.about_record(self)

    def export(self, name: str, filters: Mapping[str, str] | None = None) -> "list[ExportFile]":
        """The files of one export, the main one first.

        Raises:
            UnknownName: no such format or filter.
            UsageError: a value that does not parse.
        """
        from onrecord import exporters

        return exporters.export_from(self, name, dict(filters or {}))

    def reference(self, form: str, statement: str) -> str:
        """The reference to one statement, in the form `bibtex`, `ris` or `csl-json`, alone.

        Raises UnknownName: no such form or statement.
        """
        from onrecord.exporters.citing import reference_of

        return reference_of(self, form, statement)


def open_workspace(
    data: str | Path | None = None,
    snapshot: str | Path | None = None,
    captures: str | Path | None = None,
    endpoint: str | None = None,
) -> Workspace:
    """A workspace with the settings of `onrecord.config.settings`."""
    from onrecord.config import settings

    return Workspace(settings(data, snapshot, captures, endpoint=endpoint))
