"""Tables of terms in the standards' forms, and aligned for people.

Sources: SPARQL 1.1 Query Results CSV and TSV Formats; SPARQL Query Results XML Format (W3C, 2013).
"""

import csv as _csv
import io
import re
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from onrecord.errors import UsageError

Term = dict[str, str]
_XSD = "http://www.w3.org/2001/XMLSchema#"
_BARE = {
    f"{_XSD}integer": re.compile(r"[+-]?[0-9]+"),
    f"{_XSD}decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    f"{_XSD}double": re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[eE][+-]?[0-9]+"),
    f"{_XSD}boolean": re.compile(r"true|false"),
}
"""Literals that Turtle reads from a bare word (RDF 1.1 Turtle, 2.5.2 and 2.5.3), by datatype."""
_WIDEST = 60
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def csv(columns: Sequence[str], rows: Sequence[dict[str, Term]]) -> bytes:
    """RFC 4180 with a header line; values are plain, a missing one is empty."""
    out = io.StringIO()
    writer = _csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_plain(row.get(name)) for name in columns])
    return out.getvalue().encode()


def tsv(columns: Sequence[str], rows: Sequence[dict[str, Term]]) -> bytes:
    """A header of variables, then terms as Turtle writes them; a missing one is empty."""
    lines = ["\t".join(f"?{name}" for name in columns)]
    lines += ["\t".join(turtle(row[name]) if name in row else "" for name in columns) for row in rows]
    return ("\n".join(lines) + "\n").encode()


def xml(columns: Sequence[str], rows: Sequence[dict[str, Term]]) -> bytes:
    """Raises UsageError for a value with a character that XML 1.0 cannot hold."""
    out = [
        _XML_HEAD,
        "<head>",
        *(f"<variable name={quoteattr(name)}/>" for name in columns),
        "</head><results>",
    ]
    for row in rows:
        out.append("<result>")
        out += [
            f"<binding name={quoteattr(name)}>{_xml_term(row[name])}</binding>"
            for name in columns
            if name in row
        ]
        out.append("</result>")
    out.append("</results></sparql>\n")
    return "".join(out).encode()


def xml_boolean(value: bool) -> bytes:
    """The answer of an ASK."""
    return f"{_XML_HEAD}<head/><boolean>{str(value).lower()}</boolean></sparql>\n".encode()


def text(columns: Sequence[str], rows: Sequence[dict[str, Term]]) -> bytes:
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
    return ("\n".join([*aligned, count]) + "\n").encode()


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
    if datatype in _BARE and _BARE[datatype].fullmatch(value):  # a bare 2 would be an integer
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
    for character in value:
        code = ord(character)
        if (code < 32 and character not in "\t\n\r") or code in (0xFFFE, 0xFFFF):
            raise UsageError(
                f"the answer holds the character U+{code:04X}, which XML 1.0 cannot write",
                hint="ask for json, csv or tsv",
            )
    return value
