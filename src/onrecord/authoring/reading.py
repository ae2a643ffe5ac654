"""A folder of files to a register: everything is read, all that is wrong is named, the rest is kept."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

from onrecord.authoring.conversion import convert
from onrecord.authoring.corrections import Log, fit, read_log
from onrecord.authoring.node import Mapping as Tree
from onrecord.authoring.node import Node, Scalar, Sequence, paths, place_of
from onrecord.authoring.node import Path as Steps
from onrecord.authoring.redirects import check_redirects
from onrecord.authoring.resolution import Kinds, resolve
from onrecord.authoring.syntax import MAX_BYTES, decode, parse
from onrecord.findings import Finding, Place, ordered
from onrecord.model import (
    FILES,
    FOLDERS,
    REDIRECTS,
    Document,
    Entry,
    Record,
    Redirect,
    RedirectsFile,
    Register,
)

LISTS: dict[str, tuple[tuple[str, str], ...]] = {
    "actors": (("actors", "actor"), ("posts", "post"), ("tenures", "tenure")),
    "documents": (("documents", "document"), ("provisions", "provision")),
    "sources": (
        ("statements", "statement"), ("claims", "claim"), ("figures", "figure"), ("citations", "citation"),
    ),
    "dossiers": (
        ("events", "event"), ("statuses", "status"), ("claims", "claim"), ("disagreements", "disagreement"),
        ("gaps", "gap"),
    ),
}  # fmt: skip
"""For each folder the lists whose records have slugs, with their noun."""

_WHOLE = {"sources": "document", "dossiers": "dossier"}
_PASSED_OVER = (".md", ".txt")
_ELSEWHERE = ("corpora", "proposals")
"""What other parts of a knowledge base keep in the data folder."""


class Places(Mapping[tuple[str, Steps], Place]):
    """Positions, looked up in the trees when asked for."""

    def __init__(self) -> None:
        self.trees: dict[str, tuple[str, Node]] = {}

    def __getitem__(self, key: tuple[str, Steps]) -> Place:
        file, tree = self.trees[key[0]]
        found = place_of(tree, key[1])
        if found is None:
            raise KeyError(key)
        return Place(file, *found)

    def __iter__(self) -> Iterator[tuple[str, Steps]]:
        for owner in sorted(self.trees):
            for path in paths(self.trees[owner][1]):
                yield owner, path

    def __len__(self) -> int:
        return sum(1 for _ in self)


def read(data_dir: Path, kinds: Kinds) -> tuple[Register, list[Finding]]:
    """The whole record: files of `actors/`, `documents/`, `sources/` and `dossiers/` below `data_dir`, the
    redirects and the correction log.

    `kinds` are the concepts by scheme and notation. The register holds what is valid, in slug order; the
    findings are OR1xx, in the order of files and lines, the same whatever order the file system gives.
    """
    reading = _Reading(data_dir, kinds)
    if not data_dir.is_dir():
        reading.findings.append(Finding("OR101", "no such folder", Place(str(data_dir)), hint="see --data"))
    for folder in FOLDERS:
        for path in reading.files(folder):
            reading.file(folder, path)
    reading.redirects()
    reading.corrections()
    reading.findings += _strays(data_dir)
    return reading.result()


def _strays(data_dir: Path) -> Iterator[Finding]:
    """Warnings for what looks like the record and is not read: a folder with a slip in its name, a file
    beside the folders.
    """
    try:
        found = sorted(data_dir.iterdir(), key=lambda path: path.name)
    except OSError:
        return
    for path in found:
        if path.name.startswith(".") or path.name in (*FOLDERS, *FILES, *_ELSEWHERE):
            continue
        if path.is_dir() and any(path.glob("*.yaml")):
            near = get_close_matches(path.name, FOLDERS, n=1, cutoff=0.6)
            message = "the files of this folder are not read"
        elif path.suffix in (".yaml", ".yml"):
            near, message = [], "this file is not read"
        else:
            continue
        hint = f"did you mean {near[0]}?" if near else f"the record is in {', '.join(FOLDERS)}"
        yield Finding("OR112", message, Place(str(path)), "warning", hint)


def load(path: Path, data_dir: Path | None = None) -> tuple[Tree | None, str, list[Finding]]:
    """One file: its tree, its text and what is wrong with either; `data_dir` is what it must not point out
    of.
    """
    place = Place(str(path))
    try:
        if (
            data_dir is not None
            and path.is_symlink()
            and not path.resolve().is_relative_to(data_dir.resolve())
        ):
            message = "the link points out of the data folder"
            return None, "", [Finding("OR101", message, place, hint="put the file itself here")]
        if not path.is_file():
            return None, "", [Finding("OR101", "not a file", place)]
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return None, "", [Finding("OR101", f"the file cannot be read: {reason}", place)]
    text, findings = decode(raw, str(path))
    if text is None:
        return None, "", findings
    tree, findings = parse(text, str(path))
    if isinstance(tree, Tree) or findings:
        return (tree if isinstance(tree, Tree) else None), text, findings
    if tree is None:
        return Tree(1, 1), text, []
    message = "the file is not made of `key: value`"
    return None, text, [Finding("OR108", message, Place(str(path), tree.line, tree.column))]


class _Reading:
    """Collects records, trees and findings of all files."""

    def __init__(self, data_dir: Path, kinds: Kinds) -> None:
        self.data_dir = data_dir
        self.kinds = kinds
        self.findings: list[Finding] = []
        self.records: dict[str, list[Record]] = {}
        self.owners: list[tuple[str, Record]] = []
        self.entries: dict[str, Entry] = {}
        self.declared: dict[str, str] = {}
        self.where: dict[str, Place] = {}
        self.unread = False
        self.places = Places()
        self.log = Log(data_dir)
        self.moved: dict[str, str] = {}
        self.redirected: list[Redirect] = []

    def files(self, folder: str) -> list[Path]:
        """The files of a folder in the order of their names; what is not read there is named."""
        root = self.data_dir / folder
        try:
            found = sorted(root.iterdir(), key=lambda path: path.name) if root.exists() else []
        except OSError as error:
            reason = error.strerror or str(error)
            self.findings.append(Finding("OR101", f"the folder cannot be read: {reason}", Place(str(root))))
            return []
        return [path for path in found if self._is_ours(path)]

    def _is_ours(self, path: Path) -> bool:
        if path.suffix == ".yaml" and not path.name.startswith("."):
            return True
        if path.name.startswith(".") or path.suffix in _PASSED_OVER:
            return False
        hint = "files of the record end in .yaml and stand directly in their folder"
        message = "this folder is not read" if path.is_dir() else "this file is not read"
        self.findings.append(Finding("OR112", message, Place(str(path)), hint=hint))
        return False

    def file(self, folder: str, path: Path) -> None:
        """Read one file into the collection."""
        tree, _, findings = load(path, self.data_dir)
        self.findings += findings
        if tree is None:
            self.unread = True
            return
        file = str(path)
        whole = _WHOLE.get(folder)
        slug = tree.text("id") if whole else None
        if whole:
            self._check_name(path, tree, slug)
        fresh = not (whole and slug) or self._declare(slug or "", whole or "", tree, file)
        source = slug if folder == "sources" else None
        for name, noun in LISTS[folder]:
            self._declare_list(tree.get(name), noun, file)
        record, findings = convert(FOLDERS[folder], tree, file)
        self.findings += findings
        if record is None:
            return
        if whole and slug and fresh:
            self._add(slug, whole, record, source, tree, file)
        for name, noun in LISTS[folder]:
            self._add_list(record, name, noun, source, tree, file)

    def redirects(self) -> None:
        """Read the slugs that records had before; after all files, since they lead to what those declare."""
        path = self.data_dir / REDIRECTS
        if not path.exists() and not path.is_symlink():
            return
        tree, _, findings = load(path, self.data_dir)
        self.findings += findings
        if tree is None:
            self.unread = True
            return
        items = tree.get("redirects")
        written = items.items if isinstance(items, Sequence) else []
        self.moved = {
            item.text("old") or "": item.text("new") or "" for item in written if isinstance(item, Tree)
        }
        record, findings = convert(RedirectsFile, tree, str(path))
        self.findings += findings
        if isinstance(record, RedirectsFile) and isinstance(items, Sequence):
            kept, findings = check_redirects(
                record.redirects, items.items, str(path), self.declared, self.where
            )
            self.redirected = sorted(kept, key=lambda redirect: redirect.old)
            self.findings += [f for f in findings if not (self.unread and f.code == "OR114")]

    def corrections(self) -> None:
        """Read the correction log; its entries have slugs of their own."""
        self.log, findings = read_log(self.data_dir)
        self.findings += findings
        for at, entry in enumerate(self.log.entries):
            taken = self.entries.get(entry.id)
            if taken is not None and taken.noun != "correction":
                message = f"the slug `{entry.id}` is for the entries of {self.log.path}"
                self.findings.append(Finding("OR113", message, taken.place, hint="choose another"))
                continue
            self.entries[entry.id] = Entry("correction", entry, None, self.log.place(at))
        if not self.unread:
            self.findings += fit(
                self.log, {slug: entry.noun for slug, entry in self.entries.items()}, self.moved
            )

    def _check_name(self, path: Path, tree: Tree, slug: str | None) -> None:
        entry = tree.entry("id")
        if slug is None or entry is None or slug == path.stem:
            return
        hint = f"rename the file to {slug}.yaml, or write `id: {path.stem}`"
        place = Place(str(path), entry.key.line, entry.key.column)
        self.findings.append(
            Finding("OR112", f"`id` is {slug}, but the file is {path.name}", place, hint=hint)
        )

    def _declare(self, slug: str, noun: str, tree: Tree, file: str) -> bool:
        """Remember a slug; False, with a finding, where it is taken."""
        entry = tree.entry("id")
        place = (
            Place(file, entry.key.line, entry.key.column) if entry else Place(file, tree.line, tree.column)
        )
        first = self.where.get(slug)
        if first is None:
            self.declared[slug], self.where[slug] = noun, place
            return True
        message = f"the slug `{slug}` is taken by the {self.declared[slug]} at {first}"
        self.findings.append(Finding("OR113", message, place, hint="a slug names one thing; choose another"))
        return False

    def _declare_list(self, items: Node | None, noun: str, file: str) -> None:
        if not isinstance(items, Sequence):
            return
        kept: list[Node] = []
        for item in items.items:
            slug = item.text("id") if isinstance(item, Tree) else None
            named = noun
            if isinstance(item, Tree) and noun == "document":
                flag = item.get("instrument")
                named = "instrument" if isinstance(flag, Scalar) and flag.text == "true" else noun
            if slug is None or not isinstance(item, Tree) or self._declare(slug, named, item, file):
                kept.append(item)
        items.items = kept

    def _add_list(
        self, record: Record, name: str, noun: str, source: str | None, tree: Tree, file: str
    ) -> None:
        items = tree.get(name)
        if not isinstance(items, Sequence):
            return
        for item, node in zip(getattr(record, name), items.items, strict=True):
            named = "instrument" if isinstance(item, Document) and item.instrument else noun
            self._add(item.id, named, item, source, node, file)

    def _add(self, slug: str, noun: str, record: Record, source: str | None, tree: Node, file: str) -> None:
        self.places.trees[slug] = (file, tree)
        self.entries[slug] = Entry(noun, record, source, self.where.get(slug) or Place(file))
        self.owners.append((slug, record))
        self.records.setdefault(type(record).__name__, []).append(record)

    def _sorted(self, model: str) -> tuple[Record, ...]:
        return tuple(sorted(self.records.get(model, ()), key=lambda record: str(getattr(record, "id", ""))))

    def result(self) -> tuple[Register, list[Finding]]:
        """The register and the findings, slugs resolved."""
        lists = {
            "actors": "Actor", "posts": "Post", "tenures": "Tenure", "documents": "Document",
            "provisions": "Provision", "sources": "SourceFile", "dossiers": "DossierFile",
        }  # fmt: skip
        values = {name: self._sorted(model) for name, model in lists.items()}
        entries = {slug: self.entries[slug] for slug in sorted(self.entries)}
        redirects = tuple(redirect for redirect in self.redirected if redirect.new in entries)
        moved = {redirect.old: redirect.new for redirect in redirects}
        known = tuple(e for e in self.log.entries if moved.get(e.slug, e.slug) in entries)
        register = Register(
            **values,  # type: ignore[arg-type]
            corrections=known,
            redirects=redirects,
            entries=entries,
            kinds=self.kinds,
            places=self.places,
        )
        dangling = resolve(register, self.declared, self.owners)
        # what a file that could not be read declares is not known: its slugs are not missing, they are unread
        self.findings += [f for f in dangling if not (self.unread and f.code == "OR114")]
        return register, ordered(self.findings)


CODES: dict[str, str] = {
    "OR101": "A file or folder cannot be read: it is missing, refused by the system, or a link out of the "
    "data folder.",
    "OR112": "A file that is not read or is wrongly named: not .yaml, in a folder of its own, not named "
    "after its `id`.",
    "OR113": "A slug is used for two things.",
}
