"""What leaves a workspace: files for other tools, the network of references, a copy for another engine."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from onrecord.workspace.questions import Asked

if TYPE_CHECKING:
    from onrecord.analysis.citations import CitationEdge
    from onrecord.exporters import About, Cited, ExportFile, Format
    from onrecord.remote.loading import Published
    from onrecord.remote.target import Target


class Exported(Asked):
    """The record in the shapes that others take."""

    def export_formats(self) -> "Sequence[Format]":
        """What `export` can write, in the order of the documentation."""
        from onrecord import exporters

        return tuple(exporters.FORMATS.values())

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

    def about(self) -> "About":
        """What the record says of itself: licence, sources and their rights, cut-off, counts, corrections."""
        from onrecord import exporters

        return exporters.about_record(self)

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
