"""The tokens of a query (SPARQL 1.1, section 19.8, and the triple terms of 1.2): code, told from all else.

Two readings of one table: `words` gives the texts alone and is quick, `tokens` gives kinds and places too,
for those who have to say where something stands.
"""

import re
from typing import NamedTuple

_SPACE = r"(?:[\s\ufeff]++|\#[^\r\n]*+)*+"  # and comments
_KINDS = {
    "string": r"""\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\" | '''(?:[^'\\]|\\.|'(?!''))*'''
                | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*'""",
    "quote": r"""["']""",
    "doubt": r"""<<[^<>"{}|^`\x00-\x20]*>""",
    "triple": r"""<<\(?""",
    "end": r"""\)?>>""",
    "iri": r"""<[^<>"{}|^`\x00-\x20]*>""",
    "variable": r"""[?$]\w+""",
    "language": r"""@[A-Za-z]+(?:-[A-Za-z0-9]+)*""",
    "blank": r"""_:[\w.\-\u00b7]+""",
    "name": r"""(?:[^\W\d_][\w.\-\u00b7]{0,201}+(?<!\.))?+:
                (?:(?:[\w:%]|\\[_~.!$&'()*+,;=/?\#@%-])(?:[\w.:%\-\u00b7]|\\[_~.!$&'()*+,;=/?\#@%-])*)?""",
    "number": r"""\d+(?:\.\d+)?(?:[eE][+-]?\d+)?""",
    "word": r"""[^\W\d]\w*""",
    "open": r"""[\[({]""",
    "close": r"""[\])}]""",
    "prefix": r"""[!^+-]""",
    "escape": r"""\\""",
    "other": r""".""",
}
"""Kinds of tokens in the order in which they are tried."""

_WORDS = re.compile(rf"{_SPACE}({'|'.join(_KINDS.values())}|\Z)", re.VERBOSE | re.DOTALL)
_TOKENS = re.compile(
    rf"{_SPACE}(?:{'|'.join(f'(?P<{kind}>{form})' for kind, form in _KINDS.items())}|\Z)",
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """A token of code: its kind (of `_KINDS`), its text and where it starts (code points from 0)."""

    kind: str
    text: str
    start: int


def words(text: str) -> list[str]:
    """The texts of the tokens, without space and comments."""
    found: list[str] = _WORDS.findall(text)
    while found and not found[-1]:  # the end, which is no token
        found.pop()
    return found


def tokens(text: str) -> tuple[Token, ...]:
    """The tokens, without space and comments."""
    return tuple(
        Token(kind, match[kind], match.start(kind))
        for match in _TOKENS.finditer(text)
        if (kind := match.lastgroup) is not None
    )
