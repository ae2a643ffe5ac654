"""What only some engines understand, refused by name before a remote engine sees it.

SPARQL lets an engine add functions and predicates of its own under any IRI (SPARQL 1.1, 17.6). Ours has none;
some of a remote one's reach files, other servers or code, and none gives the same answer everywhere.
"""

from onrecord.errors import QueryRefused
from onrecord.query.scan import Scanned, refuse, unescape
from onrecord.query.tokens import Token

_XSD = "http://www.w3.org/2001/XMLSchema#"
_EXTENSIONS = ("bif:", "sql:", "java:", "http://www.openlinksw.com/schemas/")


def require_standard(text: str, scanned: Scanned) -> None:
    """Raises QueryRefused, with line and column, for a function or a scheme that only some engines have."""
    prefixes = dict(scanned.prefixes)
    following = [*scanned.tokens[1:], None]
    for token, after in zip(scanned.tokens, following, strict=True):
        iri = _iri(token, prefixes)
        if iri is None:
            continue
        called = after is not None and after.text == "("
        if iri.lower().startswith(_EXTENSIONS) or (called and not iri.startswith(_XSD)):
            raise _refused(text, token, iri)


def _iri(token: Token, prefixes: dict[str, str]) -> str | None:
    if token.kind == "iri":
        return unescape(token.text[1:-1])
    if token.kind == "name":
        prefix, _, local = token.text.partition(":")
        return prefixes.get(prefix, "") + local
    return None


def _refused(text: str, token: Token, iri: str) -> QueryRefused:
    return refuse(
        text,
        token.start,
        f"<{iri}> is not part of SPARQL 1.1, and engines differ in it",
        "the functions of SPARQL 1.1 and the casts of XML Schema work with every engine",
    )
