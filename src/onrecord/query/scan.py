"""The lexical scan of a query before the engine sees it.

It tells code from strings, comments and IRIs (`tokens.py`), and refuses by name what a reader may not do. It
errs on the safe side: what could be read in two ways is refused, never waved through, because the engine has
no switch for `SERVICE` and its parser does not survive deep nesting.
"""

import itertools
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from onrecord.errors import LimitExceeded, QueryRefused
from onrecord.query.limits import Limits
from onrecord.query.tokens import Token, tokens, words

_UPDATES = frozenset(["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH"])
_SURE_IRI = re.compile(
    # An IRI that cannot be `<` and an expression: with an authority, our namespace, a path from a plain word.
    r"<(?:[A-Za-z][A-Za-z0-9+.\-]*://|ns\#|(?!true/|false/)[A-Za-z][A-Za-z0-9_-]*/)[^']*>"
)
_DEEP = re.compile(r"[(!]|[-+](?=[-+])")
"""In an expression: a bracket, a negation, signs in a row."""
_SHORT = 10_000  # characters; the questions of the record are shorter
_PAIRS = {"(": ")", "[": "]", "{": "}"}
_CLOSING = frozenset([*_PAIRS.values(), ")>>"])
_DEEPER = {**dict.fromkeys([*_PAIRS, "<<", "<<("], 1), **dict.fromkeys([*_CLOSING, ">>"], -1)}
_PREFIXES = frozenset("!^+-")
_UNENDED = "a string begins here and does not end", "close it with the same quotation mark"
_STRAY = {
    '"': _UNENDED,
    "'": _UNENDED,
    "\\": (
        "an escape outside of strings and IRIs",
        "write the character itself; escapes belong inside strings and IRIs",
    ),
}
"""Tokens that nothing may hold: what is said of them, and what to do."""
_UNICODE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


@dataclass(frozen=True)
class Scanned:
    """What the scan found in an accepted query.

    text: the query. star: whether the outermost SELECT projects `*`. default_graphs, named_graphs: tokens of
    the dataset clause. What few queries need is read when it is asked for.
    """

    text: str
    star: bool
    default_graphs: tuple[Token, ...]
    named_graphs: tuple[Token, ...]

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Code only, without space and comments."""
        return tokens(self.text)

    @cached_property
    def variables(self) -> tuple[str, ...]:
        """Names in the order of first appearance."""
        return _variables(self.tokens)

    @cached_property
    def prefixes(self) -> tuple[tuple[str, str], ...]:
        """As declared, IRIs as written."""
        return _prefixes(self.tokens)

    @cached_property
    def base(self) -> str:
        """As declared, as written; empty where none is."""
        return _base(self.tokens)


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
    read = _remembered if len(text) <= _SHORT else _scanned
    return read(text, limits.query_length_kib, limits.depth)


def _scanned(text: str, kib: int, depth: int) -> Scanned:
    _check_length(text, kib)
    code = words(text)
    _check_tokens(text, code, depth)
    _check_depth(text, code, depth)
    _check_brackets(text, code)
    _check_words(text, code)
    default, named = _dataset(text)
    if default or named:
        _check_bases(text)
    return Scanned(text, "*" in code and _star(tokens(text)), default, named)


_remembered = lru_cache(maxsize=64)(_scanned)
"""Short texts only: the tokens of long ones would fill the memory."""


def _check_length(text: str, kib: int) -> None:
    try:
        length = len(text.encode())
    except UnicodeEncodeError as error:
        raise refuse(text, error.start, "the query is not valid Unicode text") from None
    if length > kib * 1024:
        raise LimitExceeded(
            f"the query is {length} bytes long; the limit is {kib} KiB",
            limit="query_length_kib",
            hint="split the query",
        )
    if "\x00" in text:
        raise refuse(text, text.index("\x00"), "the query holds a NUL character")


def _check_tokens(text: str, code: list[str], most: int) -> None:
    """Strings end, escapes stand inside them, and what begins as an IRI is nothing else, or nothing deep."""
    nested = 0
    for index, word in enumerate(code):
        if word in _STRAY:
            message, hint = _STRAY[word]
            raise refuse(text, _start(text, index), message, hint)
        if word[0] != "<":
            continue
        if _is_doubtful(word):
            hint = "put spaces round a comparison, or write the IRI in full (https://…) or with a prefix"
            raise refuse(text, _start(text, index), "this could be an IRI or a comparison", hint)
        nested += _nesting(word)
        if nested > most:
            raise _too_deep(text, index, most)


def _is_doubtful(word: str) -> bool:
    """Whether a token that begins with `<` could be an IRI and the beginning of an expression."""
    if word[-1] != ">":
        return False
    return word[1] == "<" or (("#" in word or "'" in word) and not _SURE_IRI.fullmatch(word))


def _nesting(word: str) -> int:
    """How deep the engine may have to go into what begins as an IRI, if it is an expression."""
    found = len(_DEEP.findall(word))
    return found if found and not _SURE_IRI.fullmatch(word) else 0


def _check_depth(text: str, code: list[str], most: int) -> None:
    if len(code) <= most:
        return
    depth = run = 0
    for index, word in enumerate(code):
        run = run + 1 if word in _PREFIXES else 0
        depth += _DEEPER.get(word, 0)
        if depth > most or run > most:
            raise _too_deep(text, index, most)


def _too_deep(text: str, index: int, most: int) -> LimitExceeded:
    message = f"nested more than {most} levels deep ({_at(text, index)})"
    return LimitExceeded(message, limit="depth", hint="split the query")


def _check_brackets(text: str, code: list[str]) -> None:
    opened: list[int] = []
    for index, word in enumerate(code):
        if word in _PAIRS:
            opened.append(index)
        elif word in _CLOSING:
            last = code[opened[-1]] if opened else ""
            if word == ")>>" and last != "(":
                continue  # the end of a triple term, whose `<<(` is no bracket here
            if _PAIRS.get(last) != word[0]:
                hint = f"'{last}' is open from {_at(text, opened[-1])}" if opened else None
                raise refuse(text, _start(text, index), f"'{word[0]}' closes nothing", hint)
            opened.pop()
    if opened:
        last = code[opened[-1]]
        raise refuse(text, _start(text, opened[-1]), f"'{last}' is never closed", f"add '{_PAIRS[last]}'")


def _start(text: str, index: int) -> int:
    """Where the token of that number starts; looked up only where something is refused."""
    return tokens(text)[index].start


def _at(text: str, index: int) -> str:
    line, column = place(text, _start(text, index))
    return f"line {line}, column {column}"


def _check_words(text: str, code: list[str]) -> None:
    if "SERVICE" not in text.upper() and _UPDATES.isdisjoint(map(str.upper, code)):
        return
    read = tokens(text)
    for index, token in enumerate(read):
        if token.kind == "word":
            _check_word(text, token)
        elif (
            token.kind in ("name", "blank")
            and _hides_service(token.text)
            and _leads_to_group(read[index + 1 : index + 4])
        ):
            hint = "give the prefix another name, or write the IRI in full"
            raise refuse(text, token.start, "SERVICE is refused", hint)


def _check_word(text: str, token: Token) -> None:
    upper = token.text.upper()
    if "SERVICE" in upper:
        hint = "this knowledge base asks no other server; quotations and comments may hold the word"
        raise refuse(text, token.start, "SERVICE is refused", hint)
    if upper in _UPDATES:
        hint = "queries only read: SELECT, ASK, CONSTRUCT, DESCRIBE; facts are changed in the data files"
        raise refuse(text, token.start, f"{upper} is refused", hint)


def _hides_service(name: str) -> bool:
    """The engine reads `SERVICE:x {…}` as the keyword and a name.

    It may end a name at a dot, and again at each that follows: `a:b.1.0SERVICE` is a name, a number and the
    keyword.
    """
    upper = name.upper()
    return "SERVICE" in upper.partition(":")[0] or "SERVICE" in upper.partition(".")[2]


def _leads_to_group(following: tuple[Token, ...]) -> bool:
    """Whether what follows could be the rest of `SERVICE [SILENT] VarOrIri {` (SPARQL 1.1, rule 59).

    The bracket is there at once, after one token, or after SILENT and one.
    """
    texts = [token.text for token in following]
    return "{" in texts[:2] or (texts[2:] == ["{"] and texts[0].upper() == "SILENT")


def _dataset(text: str) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    if "FROM" not in text.upper():
        return (), ()
    default: list[Token] = []
    named: list[Token] = []
    read = tokens(text)
    for index, token in enumerate(read):
        word = token.text.upper() if token.kind == "word" else ""
        if token.kind == "name" and _hides_from(token.text, read[index - 1 : index]):
            hint = "put a space after the keyword; a prefix of this name needs another"
            raise refuse(text, token.start, f"{token.text} could be a keyword and a name", hint)
        if not word.endswith(("FROM", "FROMNAMED")):
            continue
        following = read[index + 1 : index + 3]
        spaced = bool(following) and following[0].text.upper() == "NAMED"
        marked = spaced or word.endswith("FROMNAMED")
        graph = following[1:2] if spaced else following[:1]
        (named if marked else default).extend(graph)
    return tuple(default), tuple(named)


def _hides_from(name: str, before: tuple[Token, ...]) -> bool:
    """The engine reads `FROM:x`, `ASKFROM:x` and `FROM NAMED:x` as keywords and the name `:x`."""
    prefix = name.upper().partition(":")[0]
    named = prefix == "NAMED" and bool(before) and before[0].text.upper().endswith("FROM")
    return named or prefix.endswith(("FROM", "FROMNAMED"))


def _check_bases(text: str) -> None:
    """A graph of the dataset has one base to be resolved against; of several the engine takes the nearest."""
    bases = [token for token in tokens(text) if token.kind == "word" and token.text.upper() == "BASE"]
    if len(bases) > 1:
        hint = "write the IRIs of FROM in full, and one BASE"
        raise refuse(text, bases[1].start, "several BASE declarations beside FROM are not read here", hint)


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
