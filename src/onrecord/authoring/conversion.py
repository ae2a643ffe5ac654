"""A tree to frozen records: what does not fit is named at its place, what fits is kept."""

import re
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from onrecord.authoring.fields import VERBATIM, Field, fields_of
from onrecord.authoring.node import Mapping, Node, Path, Scalar, Sequence, place_of
from onrecord.findings import Finding, Place
from onrecord.model import Record
from onrecord.model.base import UnseenCharacter
from onrecord.model.unseen import first_unseen

_NUMBERS = {
    "integer": (re.compile(r"0|[1-9][0-9]{0,8}"), "a whole number such as 363"),
    "decimal": (
        re.compile(r"-?(0|[1-9][0-9]{0,15})(\.[0-9]{1,9})?"),
        "a number such as 8127 or 12.5, without commas",
    ),
    "flag": (re.compile(r"true|false"), "true or false"),
}

_SHOWN = frozenset({"name", "named_as", "role"})
"""Words of a source that stand where names do, in lists and menus."""

MAX_FAULTS = 500
"""So many faults of one file are told; a file with more is some other file."""


def did_you_mean(name: str, known: Any) -> str | None:
    """`did you mean x?` with the nearest known name, or None."""
    near = get_close_matches(name.lower(), sorted(known), n=1, cutoff=0.6)
    return f"did you mean {near[0]}?" if near else None


def convert(model: type[Record], tree: Mapping, file: str) -> tuple[Record | None, list[Finding]]:
    """The file's record with its valid parts. Items of lists that are wrong are left out, of the tree too.

    None where the file's own fields are wrong.
    """
    converter = _Converter(file)
    record = converter.whole(model, tree)
    return record, [*converter.findings, *converter.told]


class _Converter:
    """Collects the findings of one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []
        self.told: list[Finding] = []

    def _find(self, code: str, message: str, node: Node, hint: str | None = None) -> None:
        self.findings.append(Finding(code, message, Place(self.file, node.line, node.column), hint=hint))

    def whole(self, model: type[Record], tree: Mapping) -> Record | None:
        """A whole file: its lists of records item by item, so that one bad record hides no other."""
        lists: dict[str, tuple[Record, ...]] = {}
        head = Mapping(tree.line, tree.column)
        for entry in tree.entries:
            field = fields_of(model).get(entry.key.text)
            if field is None or field.form != "records" or not isinstance(entry.value, Sequence):
                head.entries.append(entry)
            elif field.model is not None:
                lists[field.name] = self._records(field.model, entry.value, entry.key.text)
        return self._record(model, head, {**lists})

    def _records(self, model: type[Record], items: Sequence, key: str) -> tuple[Record, ...]:
        kept: list[Node] = []
        records: list[Record] = []
        for item in items.items:
            if len(self.findings) >= MAX_FAULTS:
                message = f"more than {MAX_FAULTS} faults; the rest of `{key}` is left out"
                self._find("OR111", message, item, "is this a file of ours?")
                break
            if not isinstance(item, Mapping):
                self._find("OR108", f"an item of `{key}` is not a record", item, "expected `- key: value`")
                continue
            record = self._record(model, item, {})
            if record is not None:
                kept.append(item)
                records.append(record)
        items.items = kept
        return tuple(records)

    def _record(self, model: type[Record], tree: Mapping, given: dict[str, Any]) -> Record | None:
        before = len(self.findings)
        data, dropped = self._mapping(model, tree)
        try:
            record = model.model_validate({**data, **given})
        except ValidationError as error:
            for detail in error.errors(include_url=False, include_context=True):
                if detail["loc"] not in dropped:
                    self._explain(model, tree, detail)
            return None
        return record if len(self.findings) == before else None

    def _mapping(self, model: type[Record], tree: Mapping) -> tuple[dict[str, Any], set[Path]]:
        """Plain values for the model, and the paths whose values were left out because they are wrong."""
        data: dict[str, Any] = {}
        dropped: set[Path] = set()
        known = fields_of(model)
        for entry in tree.entries:
            key = entry.key.text
            field = known.get(key)
            if field is None:
                hint = did_you_mean(key, known) or f"known here: {', '.join(known)}"
                self._find("OR106", f"unknown key `{key}`", entry.key, hint)
                continue
            value, inside = self._value(field, entry.value, entry.key)
            if value is None:
                dropped.add((key,))
            else:
                data[key] = value
            dropped |= {(key, *path) for path in inside}
        return data, dropped

    def _value(self, field: Field, node: Node, key: Scalar) -> tuple[Any, set[Path]]:
        if isinstance(node, Scalar) and node.plain and not node.text:
            self._find("OR108", f"`{field.name}` has no value", key, "leave the key out, or give it a value")
            return None, set()
        if field.form in ("texts", "records"):
            return self._items(field, node, key)
        if field.form == "record" and field.model is not None:
            if not isinstance(node, Mapping):
                known = ", ".join(fields_of(field.model))
                self._find(
                    "OR108", f"`{field.name}` is not a record", key, f"expected keys below it: {known}"
                )
                return None, set()
            return self._mapping(field.model, node)
        if not isinstance(node, Scalar):
            self._find("OR108", f"`{field.name}` is not one text", key, f"expected `{field.name}: value`")
            return None, set()
        return (node.text if self._fits(field, node, key) else None), set()

    def _fits(self, field: Field, node: Scalar, key: Scalar) -> bool:
        rule = _NUMBERS.get(field.form)
        if rule is not None and not rule[0].fullmatch(node.text):
            self._find("OR108", f"`{field.name}` is {_shown(node.text)}", key, f"expected {rule[1]}")
            return False
        if field.name in VERBATIM and node.end_line > node.line:
            hint = "write it on one line; a printed line break is \\n between double quotation marks"
            self._find("OR110", f"`{field.name}` goes over several lines", key, hint)
            return False
        if field.name in _SHOWN:
            self._look(field.name, node, key)
        return True

    def _look(self, name: str, node: Scalar, key: Scalar) -> None:
        """Tells what readers do not see in words of a source; it is kept, since the source prints it."""
        unseen = first_unseen(node.text)
        if unseen is not None:
            message = f"`{name}` holds {unseen[1]} at position {unseen[0]}, which readers do not see"
            place = Place(self.file, key.line, key.column)
            hint = "right if the source prints it so"
            self.told.append(Finding("OR122", message, place, "warning", hint))

    def _items(self, field: Field, node: Node, key: Scalar) -> tuple[Any, set[Path]]:
        if not isinstance(node, Sequence):
            self._find(
                "OR108", f"`{field.name}` is not a list", key, "expected one item a line, each after `- `"
            )
            return None, set()
        values: list[Any] = []
        dropped: set[Path] = set()
        for index, item in enumerate(node.items):
            if field.form == "texts" and isinstance(item, Scalar) and not (item.plain and not item.text):
                values.append(item.text)
            elif field.form == "records" and field.model is not None and isinstance(item, Mapping):
                value, inside = self._mapping(field.model, item)
                values.append(value)
                dropped |= {(index, *path) for path in inside}
            else:
                wanted = "a record" if field.form == "records" else "a text"
                self._find("OR108", f"item {index + 1} of `{field.name}` is not {wanted}", item)
                return None, dropped
        return values, dropped

    def _explain(self, model: type[Record], tree: Mapping, detail: ErrorDetails) -> None:
        path: Path = detail["loc"]
        name = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
        line, column = place_of(tree, path) or place_of(tree, path[:-1]) or (tree.line, tree.column)
        code, message, hint = _in_words(model, path, name, detail)
        self.findings.append(Finding(code, message, Place(self.file, line, column), hint=hint))


def _shown(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:57]}…")


def _field_at(model: type[Record], path: Path) -> Field | None:
    field: Field | None = None
    here: type[Record] | None = model
    for step in path:
        if isinstance(step, str) and here is not None:
            field = fields_of(here).get(step)
            here = field.model if field else None
    return field


def _in_words(
    model: type[Record], path: Path, name: str, detail: ErrorDetails
) -> tuple[str, str, str | None]:
    """Code, message and hint for an error of the model."""
    kind, value = detail["type"], detail["input"]
    text = value if isinstance(value, str) else ""
    if kind == "missing":
        return "OR107", f"`{name}` is missing", _expected(_field_at(model, path))
    if kind == "literal_error":
        field = _field_at(model, path)
        choices = field.choices if field else ()
        listed = f"expected one of {', '.join(choices)}"
        near = did_you_mean(text, choices)
        return "OR108", f"`{name}` is {_shown(text)}", f"{near} {listed}" if near else listed
    if kind == "value_error":
        reason = str(detail["ctx"]["error"]) if "ctx" in detail else detail["msg"]
        if name == "when":
            return "OR109", f"`when` is {_shown(text)}, which is no EDTF date: {reason}", None
        if isinstance(detail.get("ctx", {}).get("error"), UnseenCharacter):
            return "OR121", f"`{name}`: {reason}", "leave it out: our own words are as they look"
        return "OR110", f"`{name}`: {reason}", None
    if kind == "string_pattern_mismatch":
        return "OR108", f"`{name}` is {_shown(text)}", _pattern(name, text)
    if kind in ("string_too_long", "string_too_short"):
        limit = next((n for key, n in detail.get("ctx", {}).items() if key.endswith("length")), "")
        wanted = "at most" if kind == "string_too_long" else "at least"
        return "OR108", f"`{name}` has {len(text)} characters", f"expected {wanted} {limit}"
    return "OR108", f"`{name}`: {detail['msg']}", None


def _expected(field: Field | None) -> str | None:
    if field is None:
        return None
    if field.name in ("sha256", "length", "seal"):
        return "`onrecord anchor` fills it in"
    if field.choices:
        return f"expected one of {', '.join(field.choices)}"
    if field.form == "record" and field.model is not None:
        return f"expected keys below it: {', '.join(fields_of(field.model))}"
    return f"write `{field.name}: …`" if field.form in ("text", "integer", "decimal") else None


def _pattern(name: str, text: str) -> str:
    if name == "sha256":
        return "expected 64 digits 0-9 a-f; `onrecord anchor` fills it in"
    if name == "seal":
        return "expected 16 digits 0-9 a-f; `onrecord anchor` fills it in"
    slug = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60].strip("-")
    rule = "a slug has lower case letters, digits and single hyphens"
    return f"{rule}; did you mean {slug}?" if len(slug) > 1 else rule


CODES: dict[str, str] = {
    "OR106": "A key that the record does not have.",
    "OR107": "A key that the record must have is missing.",
    "OR108": "A value is not of the expected form: not on the list of values, no slug, no number, no list, "
    "empty.",
    "OR109": "A date is not EDTF (ISO 8601-2).",
    "OR110": "A text that must be one line of words is empty, has control characters or goes over several "
    "lines.",
    "OR121": "A label, name or description of ours holds a character that readers do not see: a bidi "
    "control, a zero-width character, a soft hyphen.",
    "OR122": "A name or role as a source prints it holds a character that readers do not see.",
}
