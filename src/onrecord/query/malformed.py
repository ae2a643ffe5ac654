"""Errors of syntax, told at the token where they are and with what to do.

The engine's parser reports the furthest place that it looked at, which overshoots by the length of a keyword
that it compared. So the query is read again with wide gaps between its tokens: then the report falls within
the token that is wrong, or in the gap after it.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from difflib import get_close_matches

from onrecord.errors import QueryRefused
from onrecord.query.nearness import nearest
from onrecord.query.scan import Scanned, place, refuse
from onrecord.query.tokens import Token
from onrecord.terms import PREFIXES

_GAP = " " * 24  # longer than any keyword of the engine
_PLACE = re.compile(r"error at (\d+):(\d+)")
_UNKNOWN_FUNCTION = re.compile(r"custom \w*\s?function (<.*>) is not supported")
_KEYWORDS = (  # noqa: SIM905  words read better as words
    "ASK CONSTRUCT DESCRIBE SELECT DISTINCT REDUCED FROM NAMED WHERE OPTIONAL UNION MINUS FILTER BIND "
    "VALUES GRAPH EXISTS NOT GROUP BY HAVING ORDER ASC DESC LIMIT OFFSET PREFIX BASE AS IN UNDEF "
    "COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT SEPARATOR STR LANG LANGMATCHES DATATYPE BOUND IRI "
    "COALESCE IF STRLEN SUBSTR UCASE LCASE STRSTARTS STRENDS CONTAINS REPLACE REGEX CONCAT YEAR MONTH "
    "DAY TRUE FALSE "
).split()
_ENDS = ("variable", "iri", "name", "string", "number", "blank", "language")
_STARTS = ("variable", "iri", "name", "blank")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a run of tokens without space between them stands in the spaced text, and its tokens."""

    start: int
    tokens: tuple[Token, ...]


def padded(text: str, tokens: tuple[Token, ...]) -> tuple[str, tuple[Origin, ...]]:
    """The query with every space and comment widened to a gap, and where its runs have gone."""
    runs: list[list[Token]] = []
    end = -1
    for token in tokens:
        if token.start == end:
            runs[-1].append(token)
        else:
            runs.append([token])
        end = token.start + len(token.text)
    parts: list[str] = []
    origins: list[Origin] = []
    length = 0
    for run in runs:
        last = run[-1]
        words = text[run[0].start : last.start + len(last.text)] + _GAP
        origins.append(Origin(length, tuple(run)))
        parts.append(words)
        length += len(words)
    return "".join(parts), tuple(origins)


def explain(
    text: str, scanned: Scanned, message: str, spaced: str, origins: tuple[Origin, ...]
) -> QueryRefused:
    """The refusal of a malformed query with its line and column and, where it can be told, what to do.

    A function that is none of SPARQL's is no error of syntax, and has no place.
    """
    unknown = _UNKNOWN_FUNCTION.search(message)
    if unknown is not None:
        return QueryRefused(
            f"the function {unknown[1]} is not defined here",
            hint="the functions of SPARQL 1.1 and the casts to xsd: datatypes are",
        )
    if not scanned.tokens:
        return refuse(text, 0, "the query is empty", "begin with SELECT, ASK, CONSTRUCT or DESCRIBE")
    undeclared = _undeclared(scanned)
    if undeclared is not None:
        prefix = undeclared.text.partition(":")[0]
        return refuse(text, undeclared.start, f"the prefix '{prefix}:' is not declared", _declaration(prefix))
    found = _PLACE.search(message)
    if found is None:
        return QueryRefused(f"malformed SPARQL: {message}")
    index = _token_at(scanned, origins, _offset(spaced, int(found[1]), int(found[2])))
    if index >= len(scanned.tokens):
        last = scanned.tokens[-1]
        return refuse(text, last.start, "the query ends too early", "what should follow is missing")
    token = scanned.tokens[index]
    before = scanned.tokens[index - 1] if index else None
    return refuse(text, token.start, f"malformed SPARQL at {_shown(token)}", _hint(text, token, before))


def _undeclared(scanned: Scanned) -> Token | None:
    declared = {prefix for prefix, _ in scanned.prefixes}
    previous = ""
    for token in scanned.tokens:
        if token.kind == "name" and previous != "PREFIX" and token.text.partition(":")[0] not in declared:
            return token
        previous = token.text.upper()
    return None


def _declaration(prefix: str) -> str:
    if prefix in PREFIXES:
        return f"add PREFIX {prefix}: <{PREFIXES[prefix]}> at the top"
    near = nearest(prefix, PREFIXES)
    meant = f"; did you mean {near[0]}: <{PREFIXES[near[0]]}>?" if near else ""
    return f"add PREFIX {prefix}: <…> at the top{meant}"


def _offset(spaced: str, line: int, column: int) -> int:
    lines = spaced.split("\n")
    return sum(len(each) + 1 for each in lines[: line - 1]) + column - 1


def _token_at(scanned: Scanned, origins: tuple[Origin, ...], offset: int) -> int:
    """Index of the token that holds `offset` of the spaced text, or after which it stands."""
    run = origins[max(bisect_right([origin.start for origin in origins], offset) - 1, 0)]
    inside = run.tokens[0].start + offset - run.start
    starts = [token.start for token in run.tokens]
    token = run.tokens[max(bisect_right(starts, inside) - 1, 0)]
    return scanned.tokens.index(token)


def _shown(token: Token) -> str:
    return repr(token.text if len(token.text) <= 40 else token.text[:37] + "…")


def _hint(text: str, token: Token, before: Token | None) -> str | None:
    if token.kind == "word":
        near = get_close_matches(token.text.upper(), _KEYWORDS, n=1, cutoff=0.7)
        if near and token.text.upper() not in _KEYWORDS:
            return f"did you mean {near[0]}?"
    if before is None:
        return "begin with SELECT, ASK, CONSTRUCT or DESCRIBE"
    if (
        before.kind in _ENDS
        and token.kind in _STARTS
        and place(text, before.start)[0] < place(text, token.start)[0]
    ):
        return "a dot or a semicolon is likely missing at the end of the line before"
    if before.kind in _ENDS and token.kind in _STARTS:
        return "a dot or a semicolon is likely missing before it"
    if token.text in ("}", ".", ";") and before.kind in _ENDS:
        return "a triple needs three terms: subject, predicate, object"
    return None
