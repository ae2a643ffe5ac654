"""From words at the door to typed terms in a query.

A value never becomes query text: it becomes a term, which the engine's own serialiser writes into the
`VALUES` block that the question's file keeps for it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from onrecord import edtf, terms
from onrecord.errors import UnknownName, UsageError
from onrecord.query.interval import parsed
from onrecord.query.nearness import nearest
from onrecord.query.question import Parameter, Question

Kinds = Mapping[str, Mapping[str, str]]
NOUNS: Mapping[str, tuple[str, ...]] = {
    "actor": ("actor",),
    "source": ("document",),
    "document": ("document", "instrument"),
    "instrument": ("instrument",),
    "dossier": ("dossier",),
    "event": ("event",),
    "statement": ("statement",),
    "subject": ("actor", "instrument", "dossier"),
    "account": ("document", "instrument", "actor"),
    "about": (),
    "any": (),
}
"""Parameter type → nouns whose slugs it takes (all, where empty)."""
_SLUG = re.compile(r"[a-z0-9]+(-+[a-z0-9]+)*")
_MOST_ROWS = 1_000_000_000
_GIVEN = re.compile(r"^[ \t]*# given (\S+)\n(.*?)^[ \t]*# end\n", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Asked:
    """The parameters of one question, understood.

    words: as given. terms: what the query takes. slugs: parameter → slug, for those that name a record.
    dates: parameter → parsed EDTF. limit, offset: the page (limit None: all).
    """

    question: Question
    words: Mapping[str, str]
    terms: Mapping[str, Literal | NamedNode]
    slugs: Mapping[str, str]
    dates: Mapping[str, edtf.Edtf]
    limit: int | None
    offset: int


def understand(question: Question, given: Mapping[str, str], kinds: Kinds, base: str) -> Asked:
    """Read every parameter by its type. Raises UnknownName (parameter, concept) and UsageError (values)."""
    known = {parameter.name: parameter for parameter in question.parameters}
    for name in given:
        if name not in known:
            near = nearest(name, known)
            takes = None if near else f"it takes {', '.join(known)}"
            raise UnknownName(
                f"the question '{question.name}' has no parameter '{name}'", near=near, hint=takes
            )
    for parameter in question.parameters:
        if parameter.required and not given.get(parameter.name):
            raise UsageError(
                f"the question '{question.name}' needs '{parameter.name}'", hint=parameter.description
            )
    bound: dict[str, Literal | NamedNode] = {}
    slugs: dict[str, str] = {}
    dates: dict[str, edtf.Edtf] = {}
    for name, value in given.items():
        parameter = known[name]
        if parameter.type == "about" and (topic := _topic(value, kinds)) is not None:
            bound[name] = Literal(topic)
        elif parameter.type in NOUNS:
            slugs[name] = slug_of(parameter, value, base)
            bound[name] = Literal(slugs[name])
        elif parameter.type == "edtf":
            dates[name] = date_of(parameter, value)
        else:
            term = _term(parameter, value, kinds, base)
            if term is not None:
                bound[name] = term
    bound |= _bounds(dates)
    limit = _whole(given["limit"], "limit") if "limit" in given else None
    return Asked(
        question, dict(given), bound, slugs, dates, limit, _whole(given.get("offset", "0"), "offset")
    )


def noun_of(value: str, base: str) -> str | None:
    """The noun that an IRI of this knowledge base has before its slug; None for a slug or another word."""
    for start in (f"{base}id/", f"{base}doc/"):
        if value.strip().startswith(start):
            return value.strip().removeprefix(start).partition("/")[0]
    return None


def slug_of(parameter: Parameter, value: str, base: str) -> str:
    """The slug of a slug or of an IRI of this knowledge base."""
    slug = value.strip()
    for start in (f"{base}id/", f"{base}doc/"):
        if slug.startswith(start):
            slug = slug.removeprefix(start).partition("/")[2].partition("#")[0]
    if not _SLUG.fullmatch(slug):
        raise UnknownName(
            f"'{value}' ('{parameter.name}') is not a slug or an IRI of this knowledge base",
            hint="slugs are lower case letters, digits and hyphens; `onrecord ask actors` lists some",
        )
    return slug


def date_of(parameter: Parameter, value: str) -> edtf.Edtf:
    """A date of EDTF. Raises UsageError with what is wrong."""
    try:
        return parsed(value)
    except edtf.EdtfError as error:
        hint = (
            f"did you mean {error.suggestion}?"
            if error.suggestion
            else "2018, 2018-05 and 2018-05-09 are dates"
        )
        raise UsageError(f"'{parameter.name}' is not a date: {error.message}", hint=hint) from None


def _term(parameter: Parameter, value: str, kinds: Kinds, base: str) -> Literal | NamedNode | None:
    if parameter.scheme is not None:
        return _concept(parameter, parameter.scheme, value, kinds)
    if parameter.type == "words":
        return Literal(whole_words(value))
    if parameter.type == "id":
        inside = value.startswith((f"{base}id/", f"{base}doc/"))
        return Literal(slug_of(parameter, value, base) if inside else value.strip())
    if parameter.choices:
        for word in value.split(","):
            if word not in parameter.choices:
                message = f"'{parameter.name}' does not take '{word}'"
                raise UnknownName(
                    message,
                    near=nearest(word, parameter.choices),
                    hint=f"it takes {', '.join(parameter.choices)}",
                )
    elif parameter.type == "integer":
        _whole(value, parameter.name)
    return None


def _topic(value: str, kinds: Kinds) -> str | None:
    """The notation of a topic given by notation or IRI; None for something else."""
    topics = kinds.get("topic", {})
    return (
        value
        if value in topics
        else next((notation for notation, iri in topics.items() if iri == value), None)
    )


def _concept(parameter: Parameter, scheme: str, value: str, kinds: Kinds) -> NamedNode:
    notations = kinds.get(scheme, {})
    if value in notations:
        return NamedNode(notations[value])
    if value in notations.values():
        return NamedNode(value)
    raise UnknownName(
        f"'{value}' is not a value of '{parameter.name}'",
        near=nearest(value, notations),
        hint=None if nearest(value, notations) else f"its values are {', '.join(sorted(notations))}",
    )


def _bounds(dates: Mapping[str, edtf.Edtf]) -> dict[str, Literal]:
    """First day of `from`, last day of `to`, as xsd:date, where they are known."""
    bounds = {}
    for name, date in dates.items():
        day = date.earliest if name == "from" else date.latest
        if name in ("from", "to") and day is not None:
            bounds[name] = Literal(day.isoformat(), datatype=NamedNode(terms.XSD + "date"))
    return bounds


def whole_words(words: str) -> str:
    """A regular expression (XPath and XQuery Functions 3.1, 5.6) for these words in this order, whole.

    Any space matches any run of space, and a straight quotation mark its curly forms.
    """
    parts = [_literally(word) for word in words.split()]
    if not parts:
        raise UsageError("'contains' needs at least one word")
    return r"(^|[^\p{L}\p{N}])" + r"\s+".join(parts) + r"([^\p{L}\p{N}]|$)"


def _literally(word: str) -> str:
    quotes = {"'": "['‘’]", "’": "['‘’]", '"': '["“”]'}
    return "".join(
        quotes.get(c) or (c if c.isalnum() or c == "_" or ord(c) > 127 else "\\" + c) for c in word
    )


def _whole(text: str, name: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 12 and int(text) <= _MOST_ROWS):
        raise UsageError(f"'{name}' is {text!r}; expected a whole number from 0")
    return int(text)


def bind(asked: Asked) -> str:
    """The SPARQL to run: blocks of parameters that were not given left out, the others with their terms."""

    def block(match: re.Match[str]) -> str:
        return match[2] if match[1] in asked.terms else ""

    body = _GIVEN.sub(block, asked.question.body)
    for name, term in asked.terms.items():
        variable = f"?asked_{name.replace('-', '_')}"
        if f"VALUES {variable} " in body:
            body = body.replace(f"VALUES {variable} {{ UNDEF }}", f"VALUES {variable} {{ {term} }}")
        else:  # a constant, where the engine needs one: a regular expression is compiled once
            body = str(term).join(re.split(rf"{re.escape(variable)}\b", body))
    return body
