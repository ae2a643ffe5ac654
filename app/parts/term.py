"""Values of answers as HTML: links where they name something on record, text where they do not."""

from collections.abc import Mapping
from typing import Any

from parts import address, dates
from parts.markup import anchor, brief, plain

_LONGEST = 1500  # characters of one cell; what is longer is whole in the downloads, and says so


def of_sparql(term: Mapping[str, Any] | None, base: str) -> str:
    """A term of SPARQL 1.1 Query Results JSON; an IRI of this knowledge base is relative to it and a link."""
    if term is None:
        return ""
    value = str(term["value"])
    if term["type"] == "uri":
        shown = f"<{value.removeprefix(base)}>"
        to = local(value, base)
        return anchor(to, shown) if to else text(shown)
    if term["type"] == "bnode":
        return plain(f"_:{value}")
    if term["type"] == "triple":
        parts = (of_sparql(term["value"][part], base) for part in ("subject", "predicate", "object"))
        return f"&lt;&lt;( {' '.join(parts)} )&gt;&gt;"
    return text(value, term.get("xml:lang", ""))


def local(iri: str, base: str) -> str | None:
    """Where an IRI of this knowledge base is shown on this server; None for those of others."""
    path = iri.removeprefix(base)
    if path == iri or not path.isascii() or any(character in path for character in "?\\ \t\n"):
        return None
    first, _, rest = path.partition("/")
    if first == "id" and rest.count("/") == 1:
        noun, slug = rest.split("/")
        return address.of_entity(noun, slug) or f"/{path}"
    return f"/{path}" if first in ("id", "kind", "graph") or path.startswith("ns#") else None


def text(value: str, language: str = "") -> str:
    """Text with its line breaks, cut with a word about it where it is very long."""
    spoken = f' lang="{plain(language)}"' if language else ""
    if len(value) <= _LONGEST:
        return f'<span class="or-value"{spoken}>{plain(value)}</span>'
    cut = f"first {_LONGEST:,} of {len(value):,} characters; the downloads have all"
    return (
        f'<span class="or-value"{spoken}>{plain(value[:_LONGEST])}…</span> <span class="or-sort">{cut}</span>'
    )


def of_record(value: Any, known: Mapping[str, tuple[str, str]]) -> str:
    """A value of a named question. `known`: slug → noun and name of what is on record."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return _several(value, known)
    if isinstance(value, Mapping):
        parts = (
            f"<dt>{plain(name)}</dt><dd>{of_record(part, known)}</dd>"
            for name, part in value.items()
            if part not in (None, "", [])
        )
        return f'<dl class="or-inner">{"".join(parts)}</dl>'
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and value in known:
        noun, label = known[value]
        to = address.of_record(noun, value)
        return f'<a href="{plain(to)}" title="{plain(brief(label, 160))}">{plain(value)}</a>'
    return text(str(value)) if isinstance(value, str) else plain(value)


def _several(values: list[Any] | tuple[Any, ...], known: Mapping[str, tuple[str, str]]) -> str:
    if not values:
        return ""
    if all(isinstance(value, Mapping) for value in values):
        items = "".join(f"<li>{of_record(value, known)}</li>" for value in values)
        return f'<details class="or-many"><summary>{len(values)}</summary><ol>{items}</ol></details>'
    return "".join(f'<span class="or-item">{of_record(value, known)}</span>' for value in values)


def of_column(column: str, row: Mapping[str, Any], known: Mapping[str, tuple[str, str]]) -> str:
    """A value of a named question by the meaning of its column: dates in words, printed words as printed."""
    value = row.get(column)
    if column == "when" and isinstance(value, str):
        return f'<span title="{plain(value)}">{plain(dates.in_words(value))}</span>'
    if column == "text" and isinstance(value, str) and row.get("text_is") in ("printed", "ours"):
        printed = row["text_is"] == "printed"
        tag = "" if printed else '<span class="or-tag">In our words</span>'
        return f'<div class="{"or-printed" if printed else "or-ours"}">{tag}{text(value)}</div>'
    return of_record(value, known)
