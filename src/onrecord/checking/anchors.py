"""Whether every anchor still says what it said when it was made.

An anchor tells the same thing several times over: its words, their hash and length, its position and
context, and the seal over them. Where one of these was edited the others agree, and the one that does not
is named. Where the capture is at hand, everything is compared with its text as well; where it is not, the
anchor is "not verified here".
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from onrecord.checking.alteration import Alteration, alterations, missing_keys, sealed_context, shown
from onrecord.checking.marks import between_marks
from onrecord.findings import Finding, Place, ordered
from onrecord.model import (
    Passage,
    Quote,
    Record,
    Register,
    SourceFile,
    Statement,
    hash_text,
    seal_of,
)
from onrecord.text import Capture, nearest, stands_whole

LISTS = ("statements", "claims", "figures", "provisions", "events", "offices", "mentions", "citations")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A passage of a source: the record that owns its place, the path inside it, the record that holds it."""

    owner: str
    path: tuple[str | int, ...]
    passage: Passage
    holder: Record


@dataclass(frozen=True, slots=True)
class Verification:
    """What `verify` found: anchors compared with their capture's text, and those of sources not at hand.

    `verified` and `not_verified` count anchors; `sources` and `absent` are the slugs of the sources.
    """

    findings: tuple[Finding, ...]
    verified: int
    not_verified: int
    sources: tuple[str, ...]
    absent: tuple[str, ...]


def check(register: Register, captures: Mapping[str, Capture | None]) -> list[Finding]:
    """Findings OR21x and OR22x about the anchors of all sources; `captures` by source slug, None where not at
    hand.
    """
    findings: list[Finding] = []
    for source in register.sources:
        findings += _Source(register, source, captures.get(source.id)).check()
    return ordered(findings)


def verify(register: Register, captures: Mapping[str, Capture | None]) -> Verification:
    """The same checks, with a note for each source whose capture is not at hand and the count of what was
    compared.
    """
    findings = check(register, captures)
    verified = not_verified = 0
    sources: list[str] = []
    absent: list[str] = []
    for source in register.sources:
        count = sum(1 for _ in anchors_of(source))
        if captures.get(source.id) is not None:
            verified += count
            sources.append(source.id)
            continue
        not_verified += count
        absent.append(source.id)
        place = register.place(source.id, "capture", "file")
        message = f"not verified here: the capture {source.capture.file} of `{source.id}` is not at hand"
        hint = f"{count} anchors were tested by hash and seal only; name its folder with --captures"
        findings.append(Finding("OR219", message, place, "note", hint))
    return Verification(tuple(ordered(findings)), verified, not_verified, tuple(sources), tuple(absent))


def anchors_of(source: SourceFile) -> Iterator[Anchor]:
    """Every anchor of a source, in the order of its lists."""
    for name in LISTS:
        for index, record in enumerate(getattr(source, name)):
            slug = getattr(record, "id", None)
            owner, path = (slug, ()) if slug else (source.id, (name, index))
            if isinstance(record, Passage):
                yield Anchor(owner, path, record, record)
                continue
            for key in ("quotes", "passages"):
                for number, passage in enumerate(getattr(record, key)):
                    yield Anchor(owner, (*path, key, number), passage, record)


class _Source:
    """The checks of one source."""

    def __init__(self, register: Register, source: SourceFile, capture: Capture | None) -> None:
        self.register = register
        self.source = source
        self.capture = capture
        self.anchors = list(anchors_of(source))
        self.findings: list[Finding] = []
        self.sealed_with = source.capture.sha256
        self.sealing = True

    def _place(self, anchor: Anchor, key: str = "") -> Place:
        path = (*anchor.path, key) if key else anchor.path
        return self.register.place(anchor.owner, *path)

    def check(self) -> list[Finding]:
        """All findings of the source."""
        self._capture()
        for anchor in self.anchors:
            self._anchor(anchor)
        self._order()
        for name in ("statements", "events"):
            for index, record in enumerate(getattr(self.source, name)):
                owner, path = (
                    (record.id, ()) if isinstance(record, Statement) else (self.source.id, (name, index))
                )
                self._printed(owner, path, record)
        return self.findings

    def _sealed(self, sha256: str) -> int:
        """How many anchors have a seal that was made with this hash of the capture."""
        count = 0
        for anchor in self.anchors:
            passage, (prefix, suffix) = anchor.passage, sealed_context(anchor.passage)
            if not missing_keys(passage):
                seal = seal_of(
                    sha256, passage.start or 0, passage.end or 0, passage.sha256 or "", prefix, suffix
                )
                count += seal == passage.seal
        return count

    def _capture(self) -> None:
        """Whether the capture is the one that was read; where the hashes differ, which of them is wrong."""
        recorded, capture = self.source.capture, self.capture
        place = self.register.place(self.source.id, "capture", "sha256")
        if capture is None:
            sealed = [anchor for anchor in self.anchors if not missing_keys(anchor.passage)]
            if len(sealed) > 1 and self._sealed(recorded.sha256) == 0:
                message = "the capture's `sha256` was altered: no seal of this source agrees with it"
                self.findings.append(
                    Finding("OR216", message, place, hint="restore it, or run `onrecord anchor`")
                )
                self.sealing = False
            self._length_by_anchors()
            return
        if capture.sha256 != recorded.sha256:
            if self._sealed(capture.sha256) > self._sealed(recorded.sha256):
                message = f"the capture's `sha256` was altered: {capture.file} has {capture.sha256}"
                self.findings.append(Finding("OR216", message, place, hint="restore it"))
                self.sealed_with = capture.sha256
            else:
                message = (
                    f"the capture was altered: its sha256 is {capture.sha256}, recorded is {recorded.sha256}"
                )
                hint = f"restore the file, or anchor `{self.source.id}` anew"
                self.findings.append(Finding("OR218", message, Place(capture.file), hint=hint))
        if len(capture.text) != recorded.length and capture.sha256 == self.sealed_with:
            place = self.register.place(self.source.id, "capture", "length")
            message = (
                f"the capture's `length` is {recorded.length}, but {capture.file} has {len(capture.text)}"
            )
            self.findings.append(Finding("OR217", message, place, hint="code points; restore it"))

    def _length_by_anchors(self) -> None:
        furthest = max((anchor.passage.end or 0 for anchor in self.anchors), default=0)
        if furthest > self.source.capture.length:
            place = self.register.place(self.source.id, "capture", "length")
            message = (
                f"the capture's `length` is {self.source.capture.length}, but an anchor ends at {furthest}"
            )
            self.findings.append(Finding("OR217", message, place, hint="code points; restore it"))

    def _anchor(self, anchor: Anchor) -> None:
        passage = anchor.passage
        missing = missing_keys(passage)
        if missing:
            message = "not anchored yet" if passage.start is None else f"not anchored: {', '.join(missing)}"
            hint = f"run `onrecord anchor {self.source.id}`"
            key = "find" if passage.find is not None else ""
            self.findings.append(Finding("OR210", message, self._place(anchor, key), hint=hint))
            return
        text = self.capture.text if self.capture is not None else None
        intact = self.capture is None or self.capture.sha256 == self.sealed_with
        for found in alterations(
            passage, passage.words, self.sealed_with if self.sealing else None,
            text if intact else None, self.source.capture.length,
        ):  # fmt: skip
            self._name(anchor, found)
        if text is not None and not intact:
            self._moved(anchor, text)
        if isinstance(passage, Quote) and isinstance(anchor.holder, Statement):
            for code, message, hint in between_marks(passage):
                place = self._place(anchor, "exact")
                self.findings.append(Finding(code, message, place, "warning", hint))

    def _name(self, anchor: Anchor, found: Alteration) -> None:
        message = found.message
        if len(found.keys) > 1:
            lines = ", ".join(f"`{key}` in line {self._place(anchor, key).line}" for key in found.keys)
            message = f"{message}: {lines}"
        self.findings.append(
            Finding(found.code, message, self._place(anchor, found.keys[0]), hint=found.hint)
        )

    def _moved(self, anchor: Anchor, text: str) -> None:
        """In a capture that was altered: whether this passage is still where it was."""
        passage = anchor.passage
        here = text[passage.start or 0 : passage.end or 0]
        if hash_text(here) != passage.sha256:
            message = f"the altered capture has other words at {passage.start}–{passage.end}"
            self.findings.append(Finding("OR211", message, self._place(anchor), hint=f"there: {shown(here)}"))

    def _order(self) -> None:
        """The quotations of one record stand in the order of the source and do not overlap."""
        before: Anchor | None = None
        for anchor in self.anchors:
            if not isinstance(anchor.passage, Quote) or missing_keys(anchor.passage):
                continue
            if before is not None and (before.owner, before.path[:-1]) == (anchor.owner, anchor.path[:-1]):
                start, end = before.passage.start or 0, before.passage.end or 0
                here = anchor.passage.start or 0
                if start <= here < end or here <= start < (anchor.passage.end or 0):
                    message = f"the quotation overlaps the one before, which stands at {start}–{end}"
                    place = self._place(anchor, "start")
                    self.findings.append(Finding("OR223", message, place, hint="one stretch, one quotation"))
                elif here < start:
                    message = f"the quotation stands before the one above, which starts at {start}"
                    place = self._place(anchor, "start")
                    self.findings.append(
                        Finding("OR223", message, place, "warning", "keep the source's order")
                    )
            before = anchor

    def _printed(self, owner: str, path: tuple[str | int, ...], record: Record) -> None:
        """Names and roles are the source's own words."""
        if self.capture is None:
            return
        for key in ("named_as", "role"):
            words = getattr(record, key, None)
            if words and not stands_whole(self.capture.text, words):
                near = nearest(self.capture.text, words)
                message = f"`{key}` is not printed in capture '{self.source.id}'"
                place = self.register.place(owner, *path, key)
                self.findings.append(Finding("OR220", message, place, hint=str(near) if near else None))


CODES: dict[str, str] = {
    "OR210": "An anchor is not filled in yet: run `onrecord anchor`.",
    "OR211": "The words of an anchor were altered, or are not what stands at its place in the capture.",
    "OR212": "The position (`start`, `end`) of an anchor was altered.",
    "OR213": "The hash (`sha256`) of an anchor was altered.",
    "OR214": "The context (`prefix`, `suffix`) of a quotation was altered.",
    "OR215": "The seal of an anchor was altered, or something that it seals.",
    "OR216": "The recorded hash of a capture was altered.",
    "OR217": "The recorded length of a capture is not the capture's.",
    "OR218": "A capture was altered: the file is not the one that was read.",
    "OR219": "Note: a source was not verified here, because its capture is not at hand.",
    "OR220": "A name or role that is said to be printed in the source is not.",
    "OR221": "Warning: a quotation does not stand between quotation marks or paragraph ends.",
    "OR222": "Warning: a quotation includes a quotation mark that belongs around it.",
    "OR223": "The quotations of one record overlap, or (a warning) are not in the order of the source.",
}
