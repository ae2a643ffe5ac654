"""An excerpt of the record's quads: chosen things described in full, with what belongs to them.

Passages with their selectors, captures and participations belong to what they evidence and are described in
full; everything else that is referred to is named: its classes, slug and labels.
"""

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import NamedNode, Quad

from onrecord import terms

_OWNED = {
    terms.ONR + "inPassage", terms.ONR + "evidence", terms.ONR + "inCapture", terms.ONR + "participation",
    terms.OA + "hasSelector",
}  # fmt: skip
_OWNED_NOUNS = ("passage", "capture", "participation")
_NAMING = {
    terms.RDF + "type", terms.RDFS + "label", terms.ONR + "slug", terms.SKOS + "prefLabel", terms.SKOS +
    "notation", terms.SKOS + "exactMatch", terms.SKOS + "inScheme",
}  # fmt: skip


def excerpt(quads: Iterable[Quad], seeds: Iterable[str], base: str) -> list[Quad]:
    """The quads about `seeds` (IRIs), in order of their text.

    quads: of the whole record, read once into memory.
    """
    about: dict[str, list[Quad]] = defaultdict(list)
    for quad in quads:
        if isinstance(quad.subject, NamedNode):
            about[quad.subject.value].append(quad)
    kept: set[Quad] = set()
    named: set[str] = set()
    waiting = sorted(set(seeds))
    done: set[str] = set()
    while waiting:
        iri = waiting.pop()
        if iri in done:
            continue
        done.add(iri)
        kept.update(about[iri])
        for quad in about[iri]:
            if not isinstance(quad.object, NamedNode):
                continue
            if quad.predicate.value in _OWNED and _belongs(quad.object.value, base):
                waiting.append(quad.object.value)
            else:
                named.add(quad.object.value)
    for iri in named - done:
        kept.update(quad for quad in about.get(iri, ()) if quad.predicate.value in _NAMING)
    return sorted(kept, key=str)


def _belongs(iri: str, base: str) -> bool:
    return any(iri.startswith(f"{base}id/{noun}/") for noun in _OWNED_NOUNS)
