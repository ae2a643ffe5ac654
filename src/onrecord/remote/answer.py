"""Answers of an engine, read strictly: what is not exactly the form that was asked for is an error.

Sources: SPARQL 1.1 Query Results JSON Format (W3C, 2013), RDF 1.1 N-Triples (W3C, 2014).
"""

import json
import re
from collections.abc import Sequence
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse, serialize

from onrecord.errors import Unavailable

JSON = "application/sparql-results+json"
N_TRIPLES = "application/n-triples"
_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\x00-\x20<>\"{}|\\^`]*")
_LANGUAGE = re.compile(r"[A-Za-z]+(-[A-Za-z0-9]+)*")
_ASK_COLUMN = "__ASK_RETVAL"  # what Virtuoso 7 calls the answer of an ASK


class Unreadable(Unavailable):
    """An answer that is not what it should be: cut, garbled, of another kind."""


def boolean(body: bytes) -> bool:
    """The answer of an ASK. Raises Unreadable."""
    whole = _object(body)
    head = whole.get("head")
    if isinstance(head, dict) and head.get("vars") == [_ASK_COLUMN]:
        rows = bindings(body, (_ASK_COLUMN,))
        if len(rows) == 1 and rows[0].get(_ASK_COLUMN, {}).get("value") in ("0", "1"):
            return rows[0][_ASK_COLUMN]["value"] == "1"
        raise _unreadable("no answer to ASK")
    if set(whole) != {"head", "boolean"} or not isinstance(whole["boolean"], bool):
        raise _unreadable("no answer to ASK")
    return whole["boolean"]


def bindings(body: bytes, columns: Sequence[str]) -> list[dict[str, dict[str, str]]]:
    """The rows of a SELECT with these variables, in any order; terms in one form. Raises Unreadable."""
    whole = _object(body)
    head, results = whole.get("head"), whole.get("results")
    if set(whole) != {"head", "results"} or not isinstance(head, dict) or not isinstance(results, dict):
        raise _unreadable("no answer to SELECT")
    names, rows = head.get("vars"), results.get("bindings")
    if not isinstance(names, list) or not isinstance(rows, list):
        raise _unreadable("no variables or no rows")
    if not all(isinstance(name, str) for name in names) or sorted(names) != sorted(columns):
        raise _unreadable(f"its variables are not those of the query ({', '.join(columns) or 'none'})")
    known = frozenset(columns)
    return [_row(row, known) for row in rows]


def written(columns: Sequence[str], rows: Sequence[dict[str, dict[str, str]]]) -> bytes:
    """Rows as SPARQL 1.1 Query Results JSON, as the embedded engine writes it."""
    whole = {"head": {"vars": list(columns)}, "results": {"bindings": rows}}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def triple(subject: dict[str, str], predicate: dict[str, str], object_: dict[str, str]) -> Triple:
    """The triple of three terms of a row."""
    return Triple(_node(subject), NamedNode(predicate["value"]), _object_of(object_))


def _node(term: dict[str, str]) -> NamedNode | BlankNode:
    return BlankNode(term["value"]) if term["type"] == "bnode" else NamedNode(term["value"])


def _object_of(term: dict[str, str]) -> NamedNode | BlankNode | Literal:
    if term["type"] != "literal":
        return _node(term)
    if "xml:lang" in term:
        return Literal(term["value"], language=term["xml:lang"])
    return Literal(term["value"], datatype=NamedNode(term["datatype"]) if "datatype" in term else None)


def graph(body: bytes) -> bytes:
    """The triples of a CONSTRUCT or DESCRIBE as N-Triples, each once. Raises Unreadable."""
    if body and not body.endswith(b"\n"):
        raise _unreadable("its last line is cut")
    try:
        triples = dict.fromkeys(quad.triple for quad in parse(body, format=RdfFormat.N_TRIPLES))
    except (SyntaxError, ValueError) as error:
        raise _unreadable(f"no N-Triples: {error}") from None
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""


def _object(body: bytes) -> dict[str, Any]:
    try:
        whole = json.loads(body.decode(), object_pairs_hook=_once, parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise _unreadable(f"not UTF-8 (byte {error.start})") from None
    except RecursionError:
        raise _unreadable("nested too deeply") from None
    except ValueError as error:
        raise _unreadable(f"cut, or no JSON: {error}") from None
    if not isinstance(whole, dict):
        raise _unreadable("no JSON object")
    return whole


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


def _no_constant(word: str) -> None:
    raise ValueError(f"{word} is no JSON")


def _row(row: Any, columns: frozenset[str]) -> dict[str, dict[str, str]]:
    if not isinstance(row, dict) or not row.keys() <= columns:
        raise _unreadable("a row has other variables than its head")
    return {name: _term(term) for name, term in row.items()}


def _term(term: Any) -> dict[str, str]:
    if not isinstance(term, dict) or not all(isinstance(part, str) for part in term.values()):
        raise _unreadable("a value is no term")
    kind, value = term.get("type"), term.get("value")
    extra = term.keys() - {"type", "value"}
    if value is None or not _is_text(value):
        raise _unreadable("a term has no value, or one that is no Unicode text")
    if kind == "uri" and not extra and _IRI.fullmatch(value):
        return {"type": "uri", "value": value}
    if kind == "bnode" and not extra and value:
        return {"type": "bnode", "value": value}
    if kind in ("literal", "typed-literal") and len(extra) <= 1:
        return _literal(value, extra.pop() if extra else None, term)
    raise _unreadable(f"a term of the type {kind!r} is malformed")


def _literal(value: str, part: str | None, term: dict[str, str]) -> dict[str, str]:
    """`typed-literal` is an older word for one with a datatype; languages are compared in lower case."""
    if part is None or (part == "datatype" and term[part] == _XSD_STRING):
        return {"type": "literal", "value": value}
    if part == "xml:lang" and _LANGUAGE.fullmatch(term[part]):
        return {"type": "literal", "value": value, "xml:lang": term[part].lower()}
    if part == "datatype" and _IRI.fullmatch(term[part]):
        return {"type": "literal", "value": value, "datatype": term[part]}
    raise _unreadable("a literal is malformed")


def _is_text(value: str) -> bool:
    """No half of a surrogate pair, which JSON can escape and UTF-8 cannot hold."""
    return value.isascii() or not any("\ud800" <= character <= "\udfff" for character in value)


def _unreadable(why: str) -> Unreadable:
    return Unreadable(f"the engine's answer can't be read: {why}", hint="try again; nothing of it was used")
