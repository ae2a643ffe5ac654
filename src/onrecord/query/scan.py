"""The lexical scan of a query before the engine sees it.

It knows SPARQL 1.1 (section 19.8, and the triple terms of 1.2) well enough to tell code from strings,
comments and IRIs, and refuses by name what a reader may not do. It errs on the safe side: what could be read
in two ways is refused, never waved through, because the engine has no switch for `SERVICE` and its parser
does not survive deep nesting.
"""

import itertools
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from onrecord.errors import LimitExceeded, QueryRefused
from onrecord.query.limits import Limits

_TOKEN = re.compile(
    r"""
    (?P<space>   [\s\ufeff]+ )
  | (?P<comment> \#[^\r\n]* )
  | (?P<string>  \"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\" | '''(?:[^'\\]|\\.|'(?!''))*'''
               | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*' )
  | (?P<quote>   ["'] )
  | (?P<doubt>   <<[^<>"{}|^`\x00-\x20]*> )
  | (?P<triple>  <<\(? )
  | (?P<end>     \)?>> )
  | (?P<iri>     <[^<>"{}|^`\x00-\x20]*> )
  | (?P<variable>[?$]\w+ )
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)* )
  | (?P<blank>   _:[\w.\-\u00b7]+ )
  | (?P<name>    (?:[^\W\d_](?:[\w.\-\u00b7]{0,200}[\w\-\u00b7])?)?:
                 (?:(?:[\w:%]|\\[_~.!$&'()*+,;=/?\#@%-])(?:[\w.:%\-\u00b7]|\\[_~.!$&'()*+,;=/?\#@%-])*)? )
  | (?P<number>  \d+(?:\.\d+)?(?:[eE][+-]?\d+)? )
  | (?P<word>    [^\W\d]\w* )
  | (?P<open>    [\[({] )
  | (?P<close>   [\])}] )
  | (?P<prefix>  [!^+-] )
  | (?P<escape>  \\ )
  | (?P<other>   . )
    """,
    re.VERBOSE | re.DOTALL,
)
_UPDATES = frozenset(["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH"])
_SURE_IRI = re.compile(
    # An IRI that cannot be `<` and an expression: with an authority, our namespace, a path from a plain word.
    r"<(?:[A-Za-z][A-Za-z0-9+.\-]*://|ns\#|(?!true/|false/)[A-Za-z][A-Za-z0-9_-]*/)[^']*>"
)
_SHORT = 10_000  # characters; the questions of the record are shorter
_PAIRS = {"(": ")", "[": "]", "{": "}"}
_UNICODE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


class Token(NamedTuple):
    """A token of code: its kind (a group of the lexer), its text and where it starts (code points from 0)."""

    kind: str
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Scanned:
    """What the scan found in an accepted query.

    tokens: code only, without space and comments. star: whether the outermost SELECT projects `*`.
    variables: names in the order of first appearance. prefixes: as declared, and the base, IRIs as written.
    default_graphs, named_graphs: tokens of the dataset clause.
    """

    tokens: tuple[Token, ...]
    star: bool
    variables: tuple[str, ...]
    prefixes: tuple[tuple[str, str], ...]
    base: str
    default_graphs: tuple[Token, ...]
    named_graphs: tuple[Token, ...]


def place(text: str, offset: int) -> tuple[int, int]:
    """Line and column, both from 1, of a code point."""
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def refuse(text: str, offset: int, message: str, hint: str | None = None) -> QueryRefused:
    """A refusal with its place, which the doors print."""
    line, column = place(text, offset)
    return QueryRefused(message, line=line, column=column, hint=hint)


def unescape(iri: str) -> str:
    """An IRI between its angle brackets, with `\\u` escapes read (SPARQL 1.1, 19.2)."""
    return _UNICODE.sub(lambda m: chr(int(m[1] or m[2], 16)), iri)


def scan(text: str, limits: Limits) -> Scanned:
    """Read `text` as the engine will, or refuse it.

    Raises LimitExceeded (`query_length_kib`, `depth`) and QueryRefused with line and column.
    """
    return _remembered(text, limits) if len(text) <= _SHORT else _scanned(text, limits)


@lru_cache(maxsize=64)
def _remembered(text: str, limits: Limits) -> Scanned:
    """Short texts only: the tokens of long ones would fill the memory."""
    return _scanned(text, limits)


def _scanned(text: str, limits: Limits) -> Scanned:
    _check_length(text, limits)
    tokens = tuple(_tokens(text))
    _check_depth(text, tokens, limits.depth)
    _check_brackets(text, tokens)
    _check_words(text, tokens)
    default, named = _dataset(tokens)
    return Scanned(
        tokens, _star(tokens), _variables(tokens), _prefixes(tokens), _base(tokens), default, named
    )


def _check_length(text: str, limits: Limits) -> None:
    try:
        length = len(text.encode())
    except UnicodeEncodeError as error:
        raise refuse(text, error.start, "the query is not valid Unicode text") from None
    if length > limits.query_length_kib * 1024:
        raise LimitExceeded(
            f"the query is {length} bytes long; the limit is {limits.query_length_kib} KiB",
            limit="query_length_kib",
            hint="split the query",
        )
    if "\x00" in text:
        raise refuse(text, text.index("\x00"), "the query holds a NUL character")


def _tokens(text: str) -> list[Token]:
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind in ("space", "comment") or kind is None:
            continue
        token = Token(kind, match[0], match.start())
        if kind == "quote":
            raise refuse(
                text,
                token.start,
                "a string begins here and does not end",
                "close it with the same quotation mark",
            )
        if kind == "escape":
            hint = "write the character itself; escapes belong inside strings and IRIs"
            raise refuse(text, token.start, "an escape outside of strings and IRIs", hint)
        if kind == "doubt" or (
            kind == "iri" and ("#" in token.text or "'" in token.text) and not _SURE_IRI.fullmatch(token.text)
        ):
            hint = "put spaces round a comparison, or write the IRI in full (https://…) or with a prefix"
            raise refuse(text, token.start, "this could be an IRI or a comparison", hint)
        tokens.append(token)
    return tokens


def _check_depth(text: str, tokens: tuple[Token, ...], most: int) -> None:
    depth = run = 0
    for token in tokens:
        run = run + 1 if token.kind == "prefix" else 0
        if token.kind in ("open", "triple"):
            depth += 1
        elif token.kind in ("close", "end"):
            depth -= 1
        if depth > most or run > most:
            line, column = place(text, token.start)
            raise LimitExceeded(
                f"nested more than {most} levels deep (line {line}, column {column})",
                limit="depth",
                hint="split the query",
            )


def _check_brackets(text: str, tokens: tuple[Token, ...]) -> None:
    opened: list[Token] = []
    for token in tokens:
        if token.kind == "open":
            opened.append(token)
        elif token.kind == "close" or token.text == ")>>":
            closing = token.text[0]
            if token.text == ")>>" and not (opened and opened[-1].text == "("):
                continue  # the end of a triple term, whose `<<(` is no bracket here
            if not opened or _PAIRS[opened[-1].text] != closing:
                hint = f"'{opened[-1].text}' is open from {_at(text, opened[-1])}" if opened else None
                raise refuse(text, token.start, f"'{closing}' closes nothing", hint)
            opened.pop()
    if opened:
        raise refuse(
            text, opened[-1].start, f"'{opened[-1].text}' is never closed", f"add '{_PAIRS[opened[-1].text]}'"
        )


def _at(text: str, token: Token) -> str:
    line, column = place(text, token.start)
    return f"line {line}, column {column}"


def _check_words(text: str, tokens: tuple[Token, ...]) -> None:
    for index, token in enumerate(tokens):
        if token.kind == "word":
            upper = token.text.upper()
            if "SERVICE" in upper:
                hint = "this knowledge base asks no other server; quotations and comments may hold the word"
                raise refuse(text, token.start, "SERVICE is refused", hint)
            if upper in _UPDATES:
                hint = (
                    "queries only read: SELECT, ASK, CONSTRUCT, DESCRIBE; facts are changed in the data files"
                )
                raise refuse(text, token.start, f"{upper} is refused", hint)
        elif (
            token.kind in ("name", "blank")
            and _hides_service(token.text)
            and _leads_to_group(tokens[index + 1 : index + 4])
        ):
            raise refuse(
                text,
                token.start,
                "SERVICE is refused",
                "give the prefix another name, or write the IRI in full",
            )


def _hides_service(name: str) -> bool:
    """The engine reads `SERVICE:x {…}` as the keyword and a name, and may end a name at a dot."""
    upper = name.upper()
    return "SERVICE" in upper.partition(":")[0] or ".SERVICE" in upper


def _leads_to_group(following: tuple[Token, ...]) -> bool:
    """Whether what follows could be the rest of `SERVICE [SILENT] VarOrIri {` (SPARQL 1.1, rule 59).

    The bracket is there at once, after one token, or after SILENT and one.
    """
    texts = [token.text for token in following]
    return "{" in texts[:2] or (texts[2:] == ["{"] and texts[0].upper() == "SILENT")


def _dataset(tokens: tuple[Token, ...]) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    default: list[Token] = []
    named: list[Token] = []
    for index, token in enumerate(tokens):
        word = token.text.upper() if token.kind == "word" else ""
        if not word.endswith(("FROM", "FROMNAMED")):
            continue
        following = tokens[index + 1 : index + 3]
        spaced = bool(following) and following[0].text.upper() == "NAMED"
        marked = spaced or word.endswith("FROMNAMED")
        graph = following[1:2] if spaced else following[:1]
        (named if marked else default).extend(graph)
    return tuple(default), tuple(named)


def _star(tokens: tuple[Token, ...]) -> bool:
    for index, token in enumerate(tokens):
        if token.kind == "word" and token.text.upper().startswith("SELECT"):
            after = [each.text.upper() for each in tokens[index + 1 : index + 3]]
            return after[:1] == ["*"] or (after[:1] in (["DISTINCT"], ["REDUCED"]) and after[1:] == ["*"])
    return False


def _variables(tokens: tuple[Token, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(token.text[1:] for token in tokens if token.kind == "variable"))


def _prefixes(tokens: tuple[Token, ...]) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for index, token in enumerate(tokens[:-2]):
        name, iri = tokens[index + 1 : index + 3]
        if (
            token.kind == "word"
            and token.text.upper() == "PREFIX"
            and (name.kind, iri.kind) == ("name", "iri")
        ):
            found.append((name.text[:-1], unescape(iri.text[1:-1])))
    return tuple(found)


def _base(tokens: tuple[Token, ...]) -> str:
    for token, iri in itertools.pairwise(tokens):
        if token.kind == "word" and token.text.upper() == "BASE" and iri.kind == "iri":
            return unescape(iri.text[1:-1])
    return ""
