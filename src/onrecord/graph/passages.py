"""Names and writes the passages of one source (W3C Web Annotation selectors, code points).

A passage is named by the hash of its words and, where the same words stand in several places of the capture,
by their order; a new capture of the same text keeps the names.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from onrecord import terms
from onrecord.graph.scribe import TYPE, Scribe
from onrecord.model import Passage, Quote, SourceFile


def anchors(source: SourceFile) -> Iterator[Passage]:
    """Every anchor of a source file, in file order."""
    groups: tuple[Iterable[object], ...] = (
        source.statements, source.claims, source.figures, source.provisions, source.events, source.citations,
    )  # fmt: skip
    for group in groups:
        for record in group:
            yield from record.quotes  # type: ignore[attr-defined]
            yield from record.passages  # type: ignore[attr-defined]
    yield from source.offices
    yield from source.mentions


@dataclass(frozen=True)
class Passages:
    """The passages of one source: (start, end) → IRI."""

    scribe: Scribe
    capture: NamedNode
    slugs: dict[tuple[int, int], str]

    @classmethod
    def of(cls, scribe: Scribe, source: SourceFile, capture: NamedNode) -> "Passages":
        """Names all passages of the source."""
        spots = sorted({(a.start, a.end, a.sha256) for a in anchors(source) if a.start is not None})
        seen: dict[str, int] = {}
        slugs = {}
        for start, end, digest in spots:
            stem = f"{source.id}-{str(digest)[:10]}"
            seen[stem] = seen.get(stem, 0) + 1
            slugs[(int(start or 0), int(end or 0))] = stem if seen[stem] == 1 else f"{stem}-{seen[stem]}"
        return cls(scribe, capture, slugs)

    def write(self, anchor: Passage) -> NamedNode:
        """Writes one anchor as a passage with its selectors; returns its IRI."""
        if anchor.start is None or anchor.end is None or anchor.sha256 is None:
            raise ValueError("a passage that has no position can't be written; run onrecord anchor")
        slug = self.slugs[(anchor.start, anchor.end)]
        scribe = self.scribe
        node = scribe.names.of("passage", slug)
        scribe.write(node, TYPE, NamedNode(terms.ONR + "Passage"))
        scribe.text(node, "slug", slug)
        scribe.english(node, terms.RDFS + "label", f"characters {anchor.start} to {anchor.end}")
        scribe.write(node, "inCapture", self.capture)
        scribe.text(node, "sha256", anchor.sha256)
        self._position(node, anchor.start, anchor.end)
        if anchor.words is not None:
            self._quote(node, anchor, anchor.words)
        return node

    def write_all(self, subject: NamedNode, predicate: str, passages: Iterable[Passage]) -> None:
        """Links a subject to each of its passages."""
        for anchor in passages:
            self.scribe.write(subject, predicate, self.write(anchor))

    def _position(self, node: NamedNode, start: int, end: int) -> None:
        selector = NamedNode(node.value + "#position")
        self.scribe.write(node, terms.OA + "hasSelector", selector)
        self.scribe.write(selector, TYPE, NamedNode(terms.OA + "TextPositionSelector"))
        self.scribe.integer(selector, terms.OA + "start", start)
        self.scribe.integer(selector, terms.OA + "end", end)

    def _quote(self, node: NamedNode, anchor: Passage, words: str) -> None:
        selector = NamedNode(node.value + "#quote")
        self.scribe.write(node, terms.OA + "hasSelector", selector)
        self.scribe.write(selector, TYPE, NamedNode(terms.OA + "TextQuoteSelector"))
        self.scribe.text(selector, terms.OA + "exact", words)
        if isinstance(anchor, Quote):
            self.scribe.text(selector, terms.OA + "prefix", anchor.prefix)
            self.scribe.text(selector, terms.OA + "suffix", anchor.suffix)
