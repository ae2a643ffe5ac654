"""Fills in positions, context and hashes of a source's passages from its capture.

Each passage is looked for by its words: `exact`, `name` or `wording`, within `find` where the words alone
occur more than once; a passage without printed words by `find` itself. What is not found exactly once is
refused, and then the file stays as it was.
"""

from pathlib import Path

from onrecord.authoring.comments import comments_of
from onrecord.authoring.fields import fields_of
from onrecord.authoring.form import render
from onrecord.authoring.node import Entry, Mapping, Scalar, Sequence
from onrecord.authoring.reading import load
from onrecord.findings import Finding, Place, ordered
from onrecord.model import Mention, OfficeAccount, Passage, Quote, Record, SourceFile, hash_text, seal_of
from onrecord.text import Capture, Span, context, nearest, occurrences

WORDS: dict[type[Record], str] = {Quote: "exact", Mention: "name", OfficeAccount: "wording"}
"""The field with the printed words of each kind of passage; a bare passage has none."""

_FILLED = ("start", "end", "sha256", "seal", "prefix", "suffix")


def anchor(path: Path, capture: Capture) -> tuple[str, list[Finding]]:
    """The text of a source file with every passage anchored in `capture`.

    Findings are errors OR203 to OR205 for each passage that cannot be anchored (then the text is the file's
    own, unchanged) and notes OR207, OR208 for what was moved or renewed. A file whose anchors all hold
    comes back as it is.
    """
    tree, text, findings = load(path)
    if tree is None:
        return text, findings
    anchoring = _Anchoring(str(path), capture)
    anchoring.capture_of(tree)
    anchoring.record(tree, SourceFile)
    findings = ordered(anchoring.findings)
    if any(finding.severity == "error" for finding in findings) or not anchoring.changed:
        return text, findings
    return render(tree, SourceFile, comments_of(text, tree)), findings


def capture_name(path: Path) -> str | None:
    """The name of a source file's capture, also where the file is not yet fit to be read; None where it has
    none.
    """
    tree, _, _ = load(path)
    section = tree.get("capture") if tree is not None else None
    return section.text("file") if isinstance(section, Mapping) else None


class _Refused(Exception):
    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


class _Anchoring:
    """Walks a source file and fills in its passages."""

    def __init__(self, file: str, capture: Capture) -> None:
        self.file = file
        self.capture = capture
        self.findings: list[Finding] = []
        self.changed = False

    def _note(self, code: str, message: str, node: Scalar | Mapping) -> None:
        place = Place(self.file, node.line, node.column) if node.line else Place(self.file)
        self.findings.append(Finding(code, message, place, "note"))

    def capture_of(self, tree: Mapping) -> None:
        """Fill in the capture's hash and length, saying so where they were others."""
        section = tree.get("capture")
        if not isinstance(section, Mapping):
            section = Mapping(entries=[])
            tree.drop("capture")
            tree.entries.append(Entry(Scalar("capture", plain=True), section))
        if section.text("file") is None:
            section.put("file", self.capture.file)
        for key, value in (("sha256", self.capture.sha256), ("length", str(len(self.capture.text)))):
            old = section.entry(key)
            node = old.key if old else section
            if section.put(key, value):
                self.changed = True
                said = f"was {_shown(old.value)}" if old else "filled in"
                self._note("OR207", f"`{key}` of the capture {said}, now {value}", node)

    def record(self, tree: Mapping, model: type[Record]) -> None:
        """Anchor a passage, or go on to the records inside."""
        if issubclass(model, Passage):
            self._passage(tree, model)
        for name, field in fields_of(model).items():
            value = tree.get(name)
            if field.model is None or value is None:
                continue
            for item in value.items if isinstance(value, Sequence) else [value]:
                if isinstance(item, Mapping):
                    self.record(item, field.model)

    def _passage(self, tree: Mapping, model: type[Record]) -> None:
        key = WORDS.get(model, "find")
        entry = tree.entry(key)
        node = entry.key if entry else tree
        try:
            span = self._locate(tree, key, tree.text(key) or "")
        except _Refused as refused:
            at = tree.entry("find") or entry
            named = at.key if at else tree
            place = Place(self.file, named.line, named.column)
            self.findings.append(Finding(refused.code, refused.message, place, hint=refused.hint))
            return
        self._fill(tree, model, span, node)

    def _fill(self, tree: Mapping, model: type[Record], span: Span, node: Scalar | Mapping) -> None:
        text = self.capture.text
        prefix, suffix = context(text, *span) if model is Quote else ("", "")
        sha256 = hash_text(text[span.start : span.end])
        seal = seal_of(self.capture.sha256, span.start, span.end, sha256, prefix, suffix)
        values = {"start": str(span.start), "end": str(span.end), "sha256": sha256, "seal": seal}
        if model is Quote:
            values |= {"prefix": prefix, "suffix": suffix}
        before = {name: tree.text(name) for name in values}
        dropped = tree.drop("find")
        renewed = [name for name in _FILLED if name in values and tree.put(name, values[name])]
        self.changed = self.changed or dropped or bool(renewed)
        told = [name for name in renewed if before[name] is not None and name != "seal"]
        if told:
            changes = ", ".join(f"{name} {_cut(before[name])} → {_cut(values[name])}" for name in told)
            self._note("OR208", f"anchor renewed: {changes}", node)

    def _locate(self, tree: Mapping, key: str, words: str) -> Span:
        """Where the passage stands. Raises _Refused."""
        find, kept = tree.text("find"), self._recorded(tree)
        if find is not None:
            return self._within(find, words if key != "find" else find)
        if key == "find":
            return self._by_hash(tree, kept)
        if not words:
            raise _Refused("OR203", f"`{key}` is missing", f"write the printed words as `{key}`")
        if kept is not None and self.capture.text[kept.start : kept.end] == words:
            return kept
        found = occurrences(self.capture.text, words)
        if len(found) > 1:
            found = self._by_context(tree, words, found) or found
        return Span(self._once(found, words, key), found[0] + len(words))

    def _recorded(self, tree: Mapping) -> Span | None:
        start, end = tree.text("start") or "", tree.text("end") or ""
        if not (start.isascii() and start.isdigit() and end.isascii() and end.isdigit()):
            return None
        span = Span(int(start[:12]), int(end[:12]))
        return span if span.start < span.end <= len(self.capture.text) else None

    def _within(self, find: str, words: str) -> Span:
        """The words inside the only place of a longer stretch."""
        inside = find.find(words)
        if not words or inside < 0:
            raise _Refused(
                "OR205", "`find` does not hold the words", "write a stretch of the article around them"
            )
        start = self._once(occurrences(self.capture.text, find), find, "find") + inside
        return Span(start, start + len(words))

    def _by_hash(self, tree: Mapping, kept: Span | None) -> Span:
        """A passage without words: where it was, or where the same text stands now."""
        sha256, text = tree.text("sha256"), self.capture.text
        if kept is None or sha256 is None:
            raise _Refused("OR203", "nothing to look for", "write the article's words as `find`")
        if hash_text(text[kept.start : kept.end]) == sha256:
            return kept
        size = kept.end - kept.start
        found = [
            start for start in range(len(text) - size + 1) if hash_text(text[start : start + size]) == sha256
        ]
        if len(found) != 1:
            message = "the passage no longer stands in the capture" if not found else (
                f"the passage stands at {_listed(found)} of the capture"
            )  # fmt: skip
            raise _Refused("OR203" if not found else "OR204", message, "write the article's words as `find`")
        return Span(found[0], found[0] + size)

    def _by_context(self, tree: Mapping, words: str, found: list[int]) -> list[int]:
        """Those places whose recorded context still holds."""
        prefix, suffix = tree.text("prefix"), tree.text("suffix")
        if prefix is None or suffix is None:
            return []
        wanted = (prefix, suffix)
        return [start for start in found if context(self.capture.text, start, start + len(words)) == wanted]

    def _once(self, found: list[int], words: str, key: str) -> int:
        if len(found) == 1:
            return found[0]
        name = f"capture '{self.capture.slug}'"
        if found:
            message = f"`{key}` occurs {len(found)} times in {name}, at {_listed(found)}"
            hint = "add `find`: a longer stretch that occurs once" if key != "find" else "make it longer"
            raise _Refused("OR204", message, hint)
        near = nearest(self.capture.text, words)
        what = "quotation" if key == "exact" else f"`{key}`"
        hint = str(near) if near is not None else "nothing alike is in the capture; is it another source's?"
        raise _Refused("OR203", f"{what} not found in {name}", hint)


def _listed(found: list[int]) -> str:
    shown = ", ".join(str(start) for start in found[:5])
    return f"{shown} and {len(found) - 5} more places" if len(found) > 5 else shown


def _shown(node: object) -> str:
    return node.text if isinstance(node, Scalar) else "no text"


def _cut(text: str | None) -> str:
    shown = text or "nothing"
    return shown if len(shown) <= 48 else f"{shown[:12]}…"


CODES: dict[str, str] = {
    "OR203": "The words are not in the capture (`onrecord anchor`); the hint shows the place most like them.",
    "OR204": "The words occur more than once in the capture, and nothing says which place is meant.",
    "OR205": "`find` does not hold the words that it is to place.",
    "OR207": "Note: `onrecord anchor` filled in or renewed the hash or the length of the capture.",
    "OR208": "Note: `onrecord anchor` moved or renewed an anchor.",
}
