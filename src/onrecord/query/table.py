"""Tables of terms in the standards' forms, and aligned for people.

Each is written row by row, so that its length costs no memory. Workers load this file by its path: it imports
nothing of ours.

Sources: SPARQL 1.1 Query Results CSV and TSV Formats; SPARQL Query Results XML Format (W3C, 2013).
"""

import csv as _csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

Term = dict[str, str]
Row = dict[str, Term]
_XSD = "http://www.w3.org/2001/XMLSchema#"
_BARE = {  # what Turtle reads without quotation marks (2.5.2 and 2.5.3), by datatype
    f"{_XSD}integer": re.compile(r"[+-]?[0-9]+"),
    f"{_XSD}decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    f"{_XSD}double": re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+"),
    f"{_XSD}boolean": re.compile("true|false"),
}
_WIDEST = 60
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


class Unwritable(ValueError):
    """A value that the format cannot hold; the message says which character."""


def csv(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """RFC 4180 with a header line; values are plain, a missing one is empty."""
    out = io.StringIO()
    writer = _csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        yield out.getvalue()
        out.seek(0)
        out.truncate()
        writer.writerow([_plain(row.get(name)) for name in columns])
    yield out.getvalue()


def tsv(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """A header of variables, then terms as Turtle writes them; a missing one is empty."""
    yield "\t".join(f"?{name}" for name in columns) + "\n"
    for row in rows:
        yield "\t".join(turtle(row[name]) if name in row else "" for name in columns) + "\n"


def xml(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """Raises Unwritable for a value with a character that XML 1.0 cannot hold."""
    variables = "".join(f"<variable name={quoteattr(name)}/>" for name in columns)
    yield f"{_XML_HEAD}<head>{variables}</head><results>"
    for row in rows:
        bindings = (
            f"<binding name={quoteattr(name)}>{_xml_term(row[name])}</binding>"
            for name in columns
            if name in row
        )
        yield f"<result>{''.join(bindings)}</result>"
    yield "</results></sparql>\n"


WRITERS: Mapping[str, Callable[[Sequence[str], Iterable[Row]], Iterator[str]]] = {
    "csv": csv,
    "tsv": tsv,
    "xml": xml,
}
"""The forms of a SELECT's answer beside JSON, which the engine writes."""


def boolean(format_name: str, value: bool) -> str:
    """The answer of an ASK as `json`, `csv`, `tsv`, `xml` or `text`."""
    word = str(value).lower()
    if format_name == "json":
        return f'{{"head":{{}},"boolean":{word}}}'
    if format_name == "xml":
        return f"{_XML_HEAD}<head/><boolean>{word}</boolean></sparql>\n"
    return f"{word}\r\n" if format_name == "csv" else f"{word}\n"


def text(columns: Sequence[str], rows: Sequence[Row]) -> str:
    """Aligned columns for a terminal, every value whole on one line, and a last line with the count."""
    cells = [[_plain(row.get(name)).replace("\n", " ⏎ ") for name in columns] for row in rows]
    widths = [
        min(max([len(name), *(len(line[i]) for line in cells)]), _WIDEST) for i, name in enumerate(columns)
    ]
    lines = [[*columns], ["-" * width for width in widths], *cells]
    aligned = [
        "  ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)).rstrip() for line in lines
    ]
    count = f"{len(rows)} row{'' if len(rows) == 1 else 's'}"
    return "\n".join([*aligned, count]) + "\n"


def turtle(term: Term) -> str:
    """A term as Turtle writes it."""
    kind, value = term["type"], term["value"]
    if kind == "uri":
        return f"<{value}>"
    if kind == "bnode":
        return f"_:{value}"
    if kind == "triple":
        inner = term["value"]
        parts = (inner[part] for part in ("subject", "predicate", "object"))  # type: ignore[index]
        return f"<<( {' '.join(turtle(part) for part in parts)} )>>"  # type: ignore[arg-type]
    datatype = term.get("datatype")
    bare = _BARE.get(datatype or "")
    if bare is not None and bare.fullmatch(value):
        return value
    quoted = f'"{value.translate(_ESCAPES)}"'
    if "xml:lang" in term:
        return f"{quoted}@{term['xml:lang']}"
    return quoted if datatype is None or datatype == f"{_XSD}string" else f"{quoted}^^<{datatype}>"


def _plain(term: Term | None) -> str:
    if term is None:
        return ""
    if term["type"] == "triple":
        return turtle(term)
    return f"_:{term['value']}" if term["type"] == "bnode" else term["value"]


_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_XML_HEAD = '<?xml version="1.0"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">'


def _xml_term(term: Term) -> str:
    kind = term["type"]
    if kind == "triple":
        inner: dict[str, Term] = term["value"]  # type: ignore[assignment]
        parts = "".join(f"<{p}>{_xml_term(inner[p])}</{p}>" for p in ("subject", "predicate", "object"))
        return f"<triple>{parts}</triple>"
    value = escape(_xml_text(term["value"]), {"\r": "&#13;"})
    if kind in ("uri", "bnode"):
        return f"<{kind}>{value}</{kind}>"
    if "xml:lang" in term:
        return f"<literal xml:lang={quoteattr(term['xml:lang'])}>{value}</literal>"
    if "datatype" in term:
        return f"<literal datatype={quoteattr(term['datatype'])}>{value}</literal>"
    return f"<literal>{value}</literal>"


def _xml_text(value: str) -> str:
    found = _NOT_XML.search(value)
    if found is not None:
        code = ord(found[0])
        raise Unwritable(f"the answer holds the character U+{code:04X}, which XML 1.0 cannot write")
    return value
