"""BibTeX with biblatex's `date`: LaTeX specials are written so that LaTeX prints, and readers decode, the
same text.

Own writer: bibtexparser does not escape `&` and `%`.
"""

import re
from collections.abc import Sequence

from onrecord.exporters.bibliography import Entry, plain_date, sure_parts, type_of
from onrecord.exporters.characters import one_line
from onrecord.exporters.description import Description

_SPECIALS = {
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "`": r"\textasciigrave{}",
}  # fmt: skip
"""LaTeX's specials. `<`, `>`, `|` and `"` stay: every reader gives them back, and LaTeX prints them in T1."""

_LIGATURE = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=,)(?=,)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def escape(text: str) -> str:
    """Text as the value of a field, on one line; `--`, `''` and `,,` don't become other characters."""
    line = _LIGATURE.sub("\x00", one_line(text))
    paired = _paired_braces(line)
    return "".join(
        _brace(sign, at in paired) if sign in "{}" else _SPECIALS.get(sign, sign)
        for at, sign in enumerate(line)
    ).replace("\x00", "{}")


def _brace(sign: str, paired: bool) -> str:
    r"""BibTeX counts the braces of `\{` and `\}` too: those without a partner are written in other words."""
    return f"\\{sign}" if paired else {"{": r"\ensuremath{\lbrace}", "}": r"\ensuremath{\rbrace}"}[sign]


def _paired_braces(line: str) -> set[int]:
    """Positions of the braces that have a partner."""
    paired: set[int] = set()
    waiting: list[int] = []
    for at, sign in enumerate(line):
        if sign == "{":
            waiting.append(at)
        elif sign == "}" and waiting:
            paired |= {at, waiting.pop()}
    return paired


def write_bibtex(entries: Sequence[Entry], description: Description) -> bytes:
    """The bytes of the file; the description is an `@comment`, which readers keep or skip."""
    # A comment ends at its closing brace, and some readers look for entries in it.
    lines = [re.sub(r"[{}]", "'", line.replace("@", "(at)")) for line in description.as_lines()]
    head = "@comment{\n" + "\n".join(one_line(line) for line in lines) + "\n}\n"
    return head.encode() + b"\n" + write_entries(entries) if entries else head.encode()


def write_entries(entries: Sequence[Entry]) -> bytes:
    """The entries alone, for a place that describes itself otherwise."""
    return "\n".join(_entry(entry) for entry in entries).encode()


def _entry(entry: Entry) -> str:
    reference = entry.reference
    kind = type_of(reference.kind).bibtex
    fields = {"title": f"{{{escape(reference.title)}}}"}
    if reference.authors:
        fields["author"] = " and ".join(f"{{{escape(party.label)}}}" for party in reference.authors)
    if reference.publisher:
        home = {"article": "journal", "techreport": "institution"}.get(kind, "publisher")
        fields[home] = escape(reference.publisher.label)
    fields |= _date(entry)
    if reference.url:
        fields["url"] = _address(reference.url)
    fields["note"] = escape(". ".join(note.rstrip(".") for note in entry.notes) + ".")
    body = "".join(f"  {name} = {_enclosed(name, value)},\n" for name, value in fields.items())
    return f"@{kind}{{{entry.id},\n{body}}}\n"


def _enclosed(name: str, value: str) -> str:
    return value if name == "month" else f"{{{value}}}"


def _date(entry: Entry) -> dict[str, str]:
    """`year` and `month` as far as they are sure; biblatex's `date` for plain dates, with its mark."""
    reference = entry.reference
    plain = plain_date(reference.when)
    fields = {}
    if plain is not None and reference.when is not None and re.fullmatch(r"[0-9-]+[?~%]?", reference.when):
        fields["date"] = reference.when
    marked = plain is not None and plain[1]
    parts = () if marked else sure_parts(reference)
    if parts:
        fields["year"] = f"{parts[0]:04}"
    if len(parts) > 1:
        fields["month"] = _MONTHS[parts[1] - 1]
    return fields


def _address(url: str) -> str:
    """The address with what a verbatim field cannot hold percent-encoded."""
    return re.sub(r"[\\{}\s]", lambda found: f"%{ord(found.group()):02X}", url)
