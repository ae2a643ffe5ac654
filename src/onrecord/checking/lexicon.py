"""The ontology's files as plain facts: which term says what, and on which line it begins."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from onrecord import terms
from onrecord.findings import Place

_PREFIX = re.compile(r"^@prefix\s+([\w-]*):\s*<([^>]*)>", re.MULTILINE)
_SUBJECT = re.compile(r"^(?:<([^>]+)>|([\w-]*):([\w.-]+))\s+a\s", re.MULTILINE)


@dataclass(frozen=True)
class Lexicon:
    """Facts of one or several Turtle files: subject → predicate → values, all as text (blank nodes as `_:…`).

    `words` holds the values that are literals, with their language; `named` the terms that a subject uses as
    predicate or value; `places` the line of each subject.
    """

    facts: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    words: dict[tuple[str, str], list[tuple[str, str | None]]] = field(default_factory=dict)
    named: dict[str, set[str]] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)

    @classmethod
    def read(cls, paths: Iterable[Path], root: Path) -> "Lexicon":
        """Reads the files; places are shown from the folder of `root` on. SyntaxError as parsed."""
        lexicon = cls()
        for path in sorted(paths):
            lexicon._add(path, f"{root.name}/{path.relative_to(root).as_posix()}")
        return lexicon

    def _add(self, path: Path, shown: str) -> None:
        for triple in parse(path.read_bytes(), format=RdfFormat.TURTLE, base_iri=terms.BASE):
            subject, predicate, value = _text(triple.subject), triple.predicate.value, triple.object
            if isinstance(value, Literal):
                self.words.setdefault((subject, predicate), []).append((value.value, value.language))
            self.named.setdefault(subject, set()).add(predicate)
            if isinstance(value, NamedNode):
                self.named[subject].add(value.value)
            self.facts.setdefault(subject, {}).setdefault(predicate, []).append(_text(value))
        text = path.read_text(encoding="utf-8")
        prefixes = dict(_PREFIX.findall(text))
        for match in _SUBJECT.finditer(text):
            iri = match[1] or prefixes.get(match[2], "") + match[3]
            self.places.setdefault(iri, Place(shown, text.count("\n", 0, match.start()) + 1))

    def values(self, subject: str, predicate: str) -> list[str]:
        """What `subject` has for `predicate`, sorted."""
        return sorted(self.facts.get(subject, {}).get(predicate, []))

    def of_type(self, *types: str) -> list[str]:
        """Subjects of one of these types, sorted; nodes without a name are left out."""
        wanted = set(types)
        return sorted(
            subject
            for subject, facts in self.facts.items()
            if not subject.startswith("_:") and wanted & set(facts.get(terms.RDF + "type", []))
        )

    def members(self, head: str) -> list[str]:
        """The members of an RDF list."""
        found = []
        while head != terms.RDF + "nil" and head in self.facts:
            found += self.values(head, terms.RDF + "first")
            head = next(iter(self.values(head, terms.RDF + "rest")), terms.RDF + "nil")
        return found

    def above(self, subject: str, predicate: str) -> set[str]:
        """Everything reached from `subject` by one or more steps of `predicate`; itself only in a cycle."""
        reached: set[str] = set()
        waiting = self.values(subject, predicate)
        while waiting:
            value = waiting.pop()
            if value not in reached:
                reached.add(value)
                waiting += self.values(value, predicate)
        return reached

    def place(self, subject: str, file: str) -> Place:
        """Where a subject is declared, else the file."""
        return self.places.get(subject, Place(file))


def _text(term: object) -> str:
    if isinstance(term, BlankNode):
        return f"_:{term.value}"
    if isinstance(term, NamedNode | Literal):
        return term.value
    return str(term)
