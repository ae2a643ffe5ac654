"""The main job: files → checked record → published snapshot.

Each step takes values and returns `(result, findings)`; this module only composes them. Any error leaves the
snapshot that was served before where it is. There is no clock in the data: equal files give equal N-Quads.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pyoxigraph import Quad

from onrecord import authoring, findings, graph, inference, resources, terms
from onrecord.checking import anchors, departed, ontology, sanity, shapes
from onrecord.config import Identity, Settings, identity
from onrecord.errors import FindingsError
from onrecord.findings import Finding
from onrecord.model import NOUNS, REDIRECTS, Register
from onrecord.snapshot import entry, events, search, store, suggestions
from onrecord.snapshot import folder as folders
from onrecord.snapshot.folder import Snapshot
from onrecord.snapshot.inputs import inputs_hash
from onrecord.snapshot.manifest import Manifest, hash_files
from onrecord.snapshot.records import published_slugs, write_records
from onrecord.text import Capture, read_captures

Progress = Callable[[str, int, int], None]
"""Called with the name of the step that begins, its number from 1, and how many there are."""

STEPS = (
    "read files", "check anchors", "check sense", "write graph", "infer", "check shapes", "load store",
    "index words", "publish",
)  # fmt: skip


@dataclass(frozen=True)
class Prepared:
    """A record that was read and checked; `quads` are empty where errors keep them from being written."""

    identity: Identity
    register: Register
    captures: Mapping[str, Capture | None]
    quads: frozenset[Quad]
    findings: list[Finding]


@dataclass(frozen=True)
class BuildReport:
    """What a build did. `counts` are by noun, and `quads` is the number in named graphs."""

    snapshot: Snapshot
    quads: int
    counts: Mapping[str, int]
    findings: list[Finding]
    unverified: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The object that `onrecord --format json build` prints."""
        return {
            "snapshot": str(self.snapshot.path),
            "dataset_hash": self.snapshot.manifest.dataset_hash,
            "quads": self.quads,
            "counts": dict(self.counts),
            "corpora": {},
            "not_verified_here": self.unverified,
            "findings": [finding.as_json() for finding in self.findings],
        }


def prepare(settings: Settings, progress: Progress | None = None) -> Prepared:
    """Reads and checks everything, publishes nothing.

    Raises:
        ConfigurationError: `onrecord.toml` is missing or wrong.
    """
    tell = _teller(progress)
    meta = identity(settings.data)
    meaning = resources.ontology_dir()
    tell("read files")
    register, register_faults = authoring.read(settings.data, terms.load_kinds(meaning))
    tell("check anchors")
    captures, unread = read_captures(settings.captures, register.sources)
    found = [*register_faults, *unread, *anchors.check(register, captures)]
    tell("check sense")
    if not findings.errors(register_faults):
        found += sanity.check(register, captures)
        found += departed.check(register, published_slugs(settings.snapshot), str(settings.data / REDIRECTS))
    quads: frozenset[Quad] = frozenset()
    if not findings.errors(found):
        quads = write(register, meta, progress)
        tell("check shapes")
        found += [
            *shapes.check(quads, meaning, register),
            *ontology.check(meaning),
            *inference.check(meaning),
        ]
    return Prepared(meta, register, captures, quads, findings.ordered(found))


def write(register: Register, meta: Identity, progress: Progress | None = None) -> frozenset[Quad]:
    """What the record says, what follows from it, and what its graphs are."""
    tell = _teller(progress)
    meaning = resources.ontology_dir()
    tell("write graph")
    quads = graph.write(register, meta.base) | graph.vocabulary(meaning, meta.base)
    tell("infer")
    quads |= set(inference.infer(quads, meaning, meta.base))
    return frozenset(quads | graph.catalogue(register, meta, quads))


def check(settings: Settings, *, reason: bool = False, progress: Progress | None = None) -> list[Finding]:
    """All checks, publishes nothing; with `reason` HermiT proves ontology and record consistent as well.

    Raises:
        ConfigurationError: `onrecord.toml` is missing or wrong, or the reasoner is not installed.
    """
    prepared = prepare(settings, progress)
    if not reason or not prepared.quads:
        return prepared.findings
    from onrecord.checking import reasoner  # starts Java; only where it was asked for

    verdict = reasoner.consistent(prepared.quads, resources.ontology_dir())
    return findings.ordered([*prepared.findings, *verdict.findings()])


def build(settings: Settings, *, strict: bool = False, progress: Progress | None = None) -> BuildReport:
    """Builds and publishes.

    Raises:
        FindingsError: the data have errors (with `strict`, warnings too); nothing was published.
        Busy, StorageError: somebody else builds, or the disk is full or can't be written.
    """
    prepared = prepare(settings, progress)
    found = findings.strict(prepared.findings) if strict else prepared.findings
    wrong = findings.errors(found)
    if wrong:
        raise FindingsError(f"{_number(wrong, 'error')}; nothing was published", found)
    snapshot = publish(settings, prepared, progress)
    unverified = sorted(slug for slug, capture in prepared.captures.items() if capture is None)
    return BuildReport(snapshot, len(prepared.quads), snapshot.manifest.counts, found, unverified)


def publish(settings: Settings, prepared: Prepared, progress: Progress | None = None) -> Snapshot:
    """Writes store, index and manifest and publishes them. Raises Busy and StorageError as `build`."""
    tell = _teller(progress)
    named = graph.nquads(prepared.quads)
    with folders.workshop(settings.snapshot) as room:
        tell("load store")
        store.load(room / "store", named, graph.union_text(named))
        tell("index words")
        search.build(room / "search.sqlite", entry.rows(prepared.register))
        suggestions.build(room / "search.sqlite", suggestions.names(prepared.register))
        concepts = terms.load_concepts(resources.ontology_dir())
        actors = {actor.id: actor.label for actor in prepared.register.actors}
        events.build(room / "search.sqlite", events.rows(prepared.register, concepts), actors)
        write_records(room, prepared.register)
        tell("publish")
        manifest = _manifest(settings, prepared, graph.dataset_hash(named), room)
        return folders.publish(settings.snapshot, room, manifest)


def _manifest(settings: Settings, prepared: Prepared, dataset_hash: str, room: Path) -> Manifest:
    sources = {
        source.id: {
            "title": source.title,
            "publisher": source.publisher,
            "published": source.published.when,
            "url": source.url,
            "licence": source.licence,
            "capture": source.capture_id,
            "file": source.capture.file,
            "sha256": source.capture.sha256,
            "verified": prepared.captures.get(source.id) is not None,
        }
        for source in prepared.register.sources
    }
    return Manifest(
        dataset_hash=dataset_hash,
        title=prepared.identity.title,
        base=prepared.identity.base,
        versions={name: version(name) for name in ("onrecord", "pyoxigraph")},
        sources=sources,
        counts=_counts(prepared.register),
        inputs=inputs_hash(settings.data),
        files=hash_files(room),
        corrections=_log_head(prepared.register),
    )


def _log_head(register: Register) -> dict[str, Any]:
    log = register.corrections
    return {"entries": len(log), "head": log[-1].hash} if log else {}


def _counts(register: Register) -> dict[str, int]:
    counted = Counter(entry.noun for entry in register.entries.values())
    return {noun: counted[noun] for noun in NOUNS if counted[noun]} | {"source": len(register.sources)}


def _number(items: Iterable[object], noun: str) -> str:
    number = len(list(items))
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _teller(progress: Progress | None) -> Callable[[str], None]:
    def tell(step: str) -> None:
        if progress is not None:
            progress(step, STEPS.index(step) + 1, len(STEPS))

    return tell
