"""Strict YAML: text to a tree with positions, or findings in a curator's words.

Accepted is a subset of YAML 1.2.2 that reads the same in every parser: block and flow mappings and lists,
plain, quoted and block texts, comments. Every scalar is a string. Anchors, aliases, tags, merge keys,
directives and several documents in a file are refused. Events come from PyYAML's binding to libyaml,
which is fast (`docs/decisions/yaml.md`); where it is missing, PyYAML's pure parser gives the same events.
"""

import re
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from onrecord.authoring.node import Entry, Mapping, Node, Scalar, Sequence
from onrecord.findings import Finding, Place

MAX_BYTES = 20_000_000
MAX_DEPTH = 20
MAX_KEYS = 200

_TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidi: the line that is read is not that shown
_FORBIDDEN = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\r{_TURNING}]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def decode(raw: bytes, file: str) -> tuple[str | None, list[Finding]]:
    """The text of a file: UTF-8 without a byte order mark, lines that end in a line feed, no control
    characters.
    """
    if len(raw) > MAX_BYTES:
        message = f"the file has {len(raw):,} bytes; at most {MAX_BYTES:,} are read"
        return None, [Finding("OR111", message, Place(file), hint="split it")]
    try:
        text = raw.decode("utf-8", errors="strict")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", errors="replace")
        place = Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
        message = f"byte 0x{raw[error.start]:02X} is not UTF-8"
        return None, [Finding("OR102", message, place, hint="save the file as UTF-8")]
    bad = _FORBIDDEN.search(text)
    if bad is None:
        return text, []
    line = text.count("\n", 0, bad.start()) + 1
    place = Place(file, line, bad.start() - text.rfind("\n", 0, bad.start()))
    return None, [_forbidden(bad.group(), bad.start(), place)]


def _forbidden(character: str, offset: int, place: Place) -> Finding:
    if character == "\ufeff" and offset == 0:
        hint = "save the file as UTF-8 without one"
        return Finding("OR102", "the file starts with a byte order mark", place, hint=hint)
    if character == "\r":
        hint = "save the file with line feeds only (LF)"
        return Finding("OR102", "the line ends with a carriage return", place, hint=hint)
    code = ord(character)
    escape = f"\\x{code:02X}" if code < 256 else f"\\u{code:04X}"
    hint = f'if it is printed in the source, write "{escape}" between double quotation marks'
    return Finding("OR102", f"control character U+{code:04X}", place, hint=hint)


def parse(text: str, file: str) -> tuple[Node | None, list[Finding]]:
    """The tree of a file's text; None with findings where there is none, and None alone for an empty file."""
    try:
        loader = _LOADER(text)
    except yaml.YAMLError as error:
        return None, [_syntax(error, text, file)]
    reader = _Reader(loader, file)
    try:
        tree = reader.document()
    except _Refused as refused:
        return None, [*reader.findings, refused.finding]
    except yaml.YAMLError as error:
        return None, [*reader.findings, _syntax(error, text, file)]
    finally:
        loader.dispose()
    return (None if reader.findings else tree), reader.findings


class _Refused(Exception):
    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


class _Reader:
    """Builds the tree from events; an explicit stack, so that depth costs no recursion."""

    def __init__(self, loader: Any, file: str) -> None:
        self.loader = loader
        self.file = file
        self.findings: list[Finding] = []

    def _refuse(self, mark: Any, message: str, hint: str, code: str = "OR104") -> _Refused:
        return _Refused(Finding(code, message, Place(self.file, mark.line + 1, mark.column + 1), hint=hint))

    def document(self) -> Node | None:
        """The one document of the file."""
        tree: Node | None = None
        stack: list[Mapping | Sequence] = []
        keys: list[Scalar | None] = []
        documents = 0
        get_event = self.loader.get_event
        while True:
            event = get_event()
            if isinstance(event, MappingEndEvent | SequenceEndEvent):
                stack.pop()
                keys.pop()
                continue
            if isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent):
                node = self._node(event)
                if not stack:
                    tree = node
                else:
                    self._place(stack[-1], keys, node)
                if not isinstance(node, Scalar):
                    stack.append(node)
                    keys.append(None)
                    if len(stack) > MAX_DEPTH:
                        message = f"nested more than {MAX_DEPTH} deep"
                        raise self._refuse(event.start_mark, message, "no record needs that", "OR111")
                continue
            if isinstance(event, StreamEndEvent):
                return tree
            documents += isinstance(event, DocumentStartEvent)
            self._outside(event, documents)

    def _outside(self, event: Any, documents: int) -> None:
        """Events that are neither nodes nor ends."""
        if isinstance(event, AliasEvent):
            raise self._refuse(event.start_mark, f"alias *{event.anchor}", "quote a text that starts with *")
        if isinstance(event, DocumentStartEvent):
            if event.version or event.tags:
                raise self._refuse(event.start_mark, "a % directive", "leave it out")
            if documents > 1:
                raise self._refuse(
                    event.start_mark, "a second document", "one file, one document: remove `---`"
                )
        if isinstance(event, StreamStartEvent):
            return

    def _node(self, event: Any) -> Node:
        mark: Any = event.start_mark
        if event.anchor is not None:
            raise self._refuse(mark, f"anchor &{event.anchor}", "quote a text that starts with &")
        if event.tag is not None:
            raise self._refuse(mark, f"tag {event.tag}", "quote a text that starts with !")
        line, column = mark.line + 1, mark.column + 1
        if isinstance(event, ScalarEvent):
            end: Any = event.end_mark
            if event.style in (None, "") and end.line > mark.line:
                self._over_several_lines(mark)
            if not event.value.isascii() and _SURROGATE.search(event.value):
                message, hint = "an escape that is no character", "surrogates are no characters"
                raise self._refuse(mark, message, hint, "OR103")
            plain, block = event.style in (None, ""), event.style in ("|", ">")
            return Scalar(event.value, line, column, end.line + 1, end.column + 1, plain, block)
        return Mapping(line, column) if isinstance(event, MappingStartEvent) else Sequence(line, column)

    def _over_several_lines(self, mark: Any) -> None:
        place = Place(self.file, mark.line + 1, mark.column + 1)
        hint = "write it on one line; if it is meant as a list or key of its own, mend the indentation"
        message = "a text without quotation marks goes on in the next line"
        self.findings.append(Finding("OR103", message, place, hint=hint))

    def _place(self, parent: Mapping | Sequence, keys: list[Scalar | None], node: Node) -> None:
        if isinstance(parent, Sequence):
            parent.items.append(node)
            return
        key = keys[-1]
        if key is not None:
            parent.entries.append(Entry(key, node))
            keys[-1] = None
            return
        if not isinstance(node, Scalar):
            place = Place(self.file, node.line, node.column)
            raise _Refused(Finding("OR104", "a key that is no text", place, hint="expected `key: value`"))
        self._check_key(parent, node)
        keys[-1] = node

    def _check_key(self, parent: Mapping, key: Scalar) -> None:
        place = Place(self.file, key.line, key.column)
        if key.text == "<<":
            raise _Refused(Finding("OR104", "merge key <<", place, hint="write the values out"))
        first = parent.entry(key.text)
        if first is not None:
            hint = f"first given in line {first.key.line}; keep one"
            self.findings.append(Finding("OR105", f"`{key.text}` is given twice", place, hint=hint))
        if len(parent.entries) >= MAX_KEYS:
            message = f"more than {MAX_KEYS} keys in one record"
            raise _Refused(Finding("OR111", message, place, hint="is this a file of ours?"))


_BACKSLASH = "between double quotation marks a backslash is written \\\\"
_COLON = 'put a text that holds ": " between double quotation marks'
_INDENT = "is the line indented like the one before, and the text before closed at its end only?"
_IN_WORDS = (
    ("mapping values are not allowed", "unexpected `: `", _COLON),
    ("could not find expected ':'", "expected `key: value`", "is a colon or a quotation mark missing?"),
    ("unknown escape character", "unknown escape", _BACKSLASH),
    ("expected hexdecimal number", "unfinished escape", _BACKSLASH),
    ("expected '-' indicator", "expected `- `, the next item", "is it indented like the item before?"),
    ("did not find expected key", "expected a key here", _INDENT),
    (
        "unexpected end of stream",
        "a quotation mark that is never closed",
        'close it; write \\" for one inside',
    ),
    ("invalid Unicode character", "an escape that is no character", "surrogates are no characters"),
    ("document start", "expected the end of the file", "indent the line like the keys above"),
    ("expected ',' or", "expected `,` or a closing bracket", "or write the list one item a line"),
)
"""Part of the parser's message, ours, and what to do."""


def _syntax(error: yaml.YAMLError, text: str, file: str) -> Finding:
    """The parser's message in a curator's words, at the place where it can be mended."""
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    mark = getattr(error, "problem_mark", None)
    if "unexpected end of stream" in problem and getattr(error, "context_mark", None) is not None:
        mark = error.context_mark  # type: ignore[attr-defined]  # only MarkedYAMLError has it
    place = Place(file, mark.line + 1, mark.column + 1) if mark is not None else Place(file)
    if "cannot start any token" in problem and mark is not None:
        lines = text.split("\n")
        character = lines[mark.line][mark.column : mark.column + 1] if mark.line < len(lines) else ""
        if character == "\t":
            return Finding("OR103", "a tab", place, hint="indent with spaces")
        hint = "put the text between double quotation marks"
        return Finding("OR103", f"a text cannot start with {character}", place, hint=hint)
    for part, message, hint in _IN_WORDS:
        if part in problem:
            return Finding("OR103", message, place, hint=hint)
    return Finding("OR103", problem, place, hint="see docs/curating.md, “How a file is written”")


CODES: dict[str, str] = {
    "OR102": "The bytes of a file are not plain UTF-8 text with line feeds: byte order mark, carriage "
    "return, "
    "control character, bidi control, another encoding.",
    "OR103": "The file is not YAML: a tab, a missing colon, a quotation mark that is never closed, wrong "
    "indentation.",
    "OR104": "A feature of YAML that these files do without: anchor, alias, tag, merge key, directive, "
    "second document.",
    "OR105": "A key is given twice in one record.",
    "OR111": "A limit: the file is too big or nested too deep.",
}
