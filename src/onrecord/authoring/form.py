"""The canonical form of a file: one way to write one meaning, so that a diff shows what changed and nothing
else.

Keys in the order of the model, lists as they are, block style, two spaces, one line a value however long;
double quotation marks where YAML or its users need them and always around dates and an article's own words,
with invisible characters written as escapes; an empty line between records. Empty lists are left out.
Comments stay before the key or item that they stood before, or behind the value that they stood behind.
"""

import re
import unicodedata
from pathlib import Path

from onrecord.authoring.comments import Comments, comments_of
from onrecord.authoring.fields import VERBATIM, Field, fields_of
from onrecord.authoring.node import Entry, Mapping, Node, Scalar, Sequence
from onrecord.authoring.reading import load
from onrecord.errors import FindingsError, UsageError
from onrecord.findings import Finding, Place
from onrecord.model import FILES, FOLDERS, Record

_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`=")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\u00a0": "\\_", "\x85": "\\N",
            "\u2028": "\\L", "\u2029": "\\P"}  # fmt: skip
_HIDDEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp", "Cs", "Co", "Cn"})
_OTHER_TYPES = re.compile(
    r"~|null|true|false|yes|no|on|off|y|n|"  # null and booleans of YAML 1.1 and 1.2
    r"[-+]?[0-9][0-9_]*(:[0-9]+)*(\.[0-9_]*)?(e[-+]?[0-9]+)?|"  # numbers, sexagesimals
    r"[-+]?\.[0-9]+(e[-+]?[0-9]+)?|"
    r"0x[0-9a-f_]+|0o?[0-7_]+|0b[01_]+|[-+]?\.(inf|nan)|"
    r"[0-9]{4}-[0-9][0-9]?(-[0-9][0-9]?.*)?",  # dates
    re.IGNORECASE,
)


def model_of(path: Path) -> type[Record]:
    """What a file holds, by its folder or its own name. Raises UsageError for a file that is neither."""
    model = FOLDERS.get(path.absolute().parent.name) or FILES.get(path.name)
    if model is None:
        folders = ", ".join(f"{name}/" for name in FOLDERS)
        raise UsageError(
            f"{path} is no file of the record",
            hint=f"expected a file in one of {folders}, or {', '.join(FILES)}",
        )
    return model


def canonical(path: Path) -> str:
    """The file's text in canonical form. Raises FindingsError where it is not YAML of our subset."""
    model = model_of(path)
    tree, text, findings = load(path)
    if tree is None:
        raise FindingsError(f"{path} cannot be read", findings)
    return render(tree, model, comments_of(text, tree))


def check_form(path: Path) -> list[Finding]:
    """OR120 where the file differs from its canonical form, at the first line that does; nothing is
    written.
    """
    try:
        wanted = canonical(path).split("\n")
    except FindingsError as error:
        return list(error.findings)
    lines = path.read_bytes().decode("utf-8").split("\n")
    pairs = enumerate(zip(lines, wanted, strict=False), start=1)
    line = next((n for n, (is_, should) in pairs if is_ != should), min(len(lines), len(wanted)))
    if lines == wanted:
        return []
    return [
        Finding("OR120", "not in canonical form from here", Place(str(path), line), hint="run `onrecord fmt`")
    ]


def render(tree: Mapping, model: type[Record], comments: Comments) -> str:
    """A tree as canonical text."""
    writer = _Writer(comments)
    writer.mapping(tree, model, 0, top=True)
    writer.rest()
    text = "\n".join(writer.lines).strip("\n")
    return f"{text}\n" if text else ""


class _Writer:
    """Collects the lines."""

    def __init__(self, comments: Comments) -> None:
        self.comments = comments
        self.lines: list[str] = []

    def _before(self, node: Node, indent: int) -> None:
        self.lines += [f"{' ' * indent}{comment}" for comment in self.comments.before.pop(id(node), ())]

    def _behind(self, node: Node) -> str:
        comment = self.comments.behind.pop(id(node), "")
        return f"  {comment}" if comment else ""

    def rest(self) -> None:
        """Comments after everything."""
        if self.comments.after:
            self.lines += ["", *self.comments.after]

    def mapping(self, tree: Mapping, model: type[Record] | None, indent: int, top: bool = False) -> None:
        """The keys of a record; the caller has written what stands before the first."""
        known = fields_of(model) if model is not None else {}
        order = {name: number for number, name in enumerate(known)}
        for entry in sorted(tree.entries, key=lambda e: order.get(e.key.text, len(order))):
            field = known.get(entry.key.text)
            if isinstance(entry.value, Sequence) and not entry.value.items:
                self._before(entry.key, indent)
                continue
            if top and isinstance(entry.value, Sequence) and self.lines:
                self.lines.append("")
            self._before(entry.key, indent)
            self._entry(entry, field, indent, top)

    def _entry(self, entry: Entry, field: Field | None, indent: int, top: bool) -> None:
        model = field.model if field else None
        head = f"{' ' * indent}{scalar(entry.key.text)}:"
        behind = self._behind(entry.key)
        if isinstance(entry.value, Scalar):
            self.lines.append(f"{head} {_value(entry.value.text, entry.key.text, field)}{behind}")
        elif isinstance(entry.value, Mapping):
            self.lines.append(f"{head}{behind}" if entry.value.entries else f"{head} {{}}{behind}")
            self.mapping(entry.value, model, indent + 2)
        else:
            self.lines.append(f"{head}{behind}")
            self._items(entry.value, field, indent + 2, apart=top)

    def _items(self, items: Sequence, field: Field | None, indent: int, apart: bool) -> None:
        model = field.model if field else None
        apart = apart and model is not None and "id" in model.model_fields
        for number, item in enumerate(items.items):
            if apart and number:
                self.lines.append("")
            self._before(item, indent)
            start = len(self.lines)
            if isinstance(item, Scalar):
                self.lines.append(f"{' ' * indent}- {_value(item.text, '', field)}{self._behind(item)}")
                continue
            if isinstance(item, Mapping) and item.entries:
                self.mapping(item, model, indent + 2)
            elif isinstance(item, Sequence) and item.items:
                self._items(item, None, indent + 2, apart=False)
            else:
                self.lines.append(f"{' ' * (indent + 2)}{'{}' if isinstance(item, Mapping) else '[]'}")
            self._dash(start, indent)

    def _dash(self, start: int, indent: int) -> None:
        """Put the dash before the first line of an item; comments before its first key go above it."""
        first = next(n for n in range(start, len(self.lines)) if not self.lines[n].lstrip().startswith("#"))
        for number in range(start, first):
            self.lines[number] = " " * indent + self.lines[number].lstrip()
        self.lines[first] = f"{' ' * indent}- {self.lines[first][indent + 2 :]}"


def _value(text: str, key: str, field: Field | None) -> str:
    if key in VERBATIM or key == "when":
        return quoted(text)
    if (
        field is not None
        and field.form in ("integer", "decimal", "flag")
        and re.fullmatch(r"[-0-9.a-z]+", text)
    ):
        return text
    return scalar(text)


def scalar(text: str) -> str:
    """A text plain where every YAML parser takes it for that very text, else between double quotation
    marks.
    """
    return text if _is_plain(text) else quoted(text)


def _is_plain(text: str) -> bool:
    if not text or text[0] in _INDICATORS or text != text.strip() or text in ("---", "...", "<<"):
        return False
    if ": " in text or " #" in text or text.endswith(":") or unicodedata.combining(text[0]):
        return False
    return not _OTHER_TYPES.fullmatch(text) and not any(_hidden(character) for character in text)


def _hidden(character: str) -> bool:
    return (character != " " and not character.isascii() and unicodedata.category(character) in _HIDDEN) or (
        character < " " or character == "\x7f"
    )  # fmt: skip


def quoted(text: str) -> str:
    """A text between double quotation marks (YAML 1.2.2, 7.3.1), what cannot be seen written as an escape."""
    return f'"{"".join(_escaped(character) for character in text)}"'


def _escaped(character: str) -> str:
    escape = _ESCAPES.get(character)
    if escape is not None or not _hidden(character):
        return escape or character
    code = ord(character)
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"


CODES: dict[str, str] = {
    "OR120": "A file is not in canonical form (`onrecord fmt --check`).",
}
