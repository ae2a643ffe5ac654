"""The named questions: found in `ontology/questions/`, answered through the gateway."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from pyoxigraph import Literal

from onrecord import resources, terms
from onrecord.errors import UnknownName
from onrecord.query.binding import NOUNS, Asked, Kinds, bind, noun_of, understand
from onrecord.query.counting import counted_by
from onrecord.query.decoding import decode
from onrecord.query.finish import FINISHES
from onrecord.query.gateway import Gateway
from onrecord.query.interval import asked_bounds, undated_note
from onrecord.query.nearness import nearest
from onrecord.query.pool import Pool
from onrecord.query.question import Question, read_question
from onrecord.query.retraction import Logged, as_logged, left_out
from onrecord.snapshot.answer import Answer
from onrecord.snapshot.chronicle import Chronicle, Wanted
from onrecord.snapshot.search import expression

_SUPPORT = "support"


class Questions:
    """The named questions of an ontology folder, by name in alphabetical order."""

    def __init__(
        self, questions: Mapping[str, Question], support: Mapping[str, Question], kinds: Kinds, base: str
    ) -> None:
        self._questions = dict(sorted(questions.items()))
        self._support = support
        self._kinds = kinds
        self._base = base
        self._nouns: WeakKeyDictionary[Pool, dict[str, tuple[str, ...]]] = WeakKeyDictionary()
        self._logged: WeakKeyDictionary[Pool, tuple[Logged, ...]] = WeakKeyDictionary()
        self._searched: WeakKeyDictionary[Pool, tuple[str, ...]] = WeakKeyDictionary()

    @classmethod
    def load(cls, folder: Path | None = None, base: str = terms.BASE) -> "Questions":
        """The questions of `folder` (an ontology folder; by default the packaged one)."""
        folder = folder or resources.ontology_dir()
        home = folder / "questions"
        questions = {path.stem: read_question(path) for path in sorted(home.glob("*.rq"))}
        support = {path.stem: read_question(path) for path in sorted((home / _SUPPORT).glob("*.rq"))}
        return cls(questions, support, terms.load_kinds(folder), base)

    def __iter__(self) -> Iterator[Question]:
        return iter(self._questions.values())

    def __len__(self) -> int:
        return len(self._questions)

    def require(self, name: str) -> Question:
        """The question of that name. Raises UnknownName with the nearest names."""
        found = self._questions.get(name)
        if found is None:
            near = nearest(name, self._questions)
            hint = None if near else f"the questions are {', '.join(self._questions)}"
            raise UnknownName(f"there is no question '{name}'", near=near, hint=hint)
        return found

    def parameter_values(self) -> dict[str, list[str]]:
        """Values of every parameter and column of concepts or fixed words, as `question.name` → values."""
        values: dict[str, list[str]] = {}
        for question in self:
            for parameter in question.parameters:
                scheme = "topic" if parameter.type == "about" else parameter.scheme
                if scheme is not None:
                    values[f"{question.name}.{parameter.name}"] = sorted(self._kinds.get(scheme, {}))
                elif parameter.choices:
                    values[f"{question.name}.{parameter.name}"] = list(parameter.choices)
            for column in question.described:
                if column.scheme is not None:
                    values[f"{question.name}.{column.name}"] = sorted(self._kinds.get(column.scheme, {}))
        return values

    def query_text(self, name: str, given: Mapping[str, str] | None = None) -> str:
        """The SPARQL that answers, with its parameters in place; nothing is run.

        Raises UnknownName and UsageError as `answer`, except for slugs that nothing has.
        """
        return bind(understand(self.require(name), given or {}, self._kinds, self._base))

    def answer(self, gateway: Gateway, name: str, given: Mapping[str, str] | None = None) -> Answer:
        """The whole answer, or the asked page of it with the whole total.

        Raises:
            UnknownName: no such question, parameter, slug or concept; names the nearest.
            UsageError: a required parameter is missing, or a value does not parse.
            LimitExceeded, Unavailable: as `Gateway.query`.
        """
        asked = self.understood(gateway, name, given or {})
        question = asked.question
        if "id" in asked.terms:
            asked = replace(asked, terms={**asked.terms, "id": Literal(self._identified(gateway, asked))})
        text = bind(asked)
        standing, corrected = left_out(
            question, decode(question, gateway.query(text)), asked, self._log(gateway)
        )
        rows, notes = FINISHES[question.finish](standing, asked)
        columns = _columns(question, asked)
        last = None if asked.limit is None else asked.offset + asked.limit
        return Answer(
            question=name,
            parameters=dict(asked.words),
            columns=columns,
            rows=[{column: row.get(column) for column in columns} for row in rows[asked.offset : last]],
            total=len(rows),
            notes=[*notes, *corrected, *question.notes, *self._sources(gateway)],
            query=text,
        )

    def understood(self, gateway: Gateway, name: str, given: Mapping[str, str]) -> Asked:
        """The parameters of a question, each checked against what is on record. Raises as `answer`."""
        asked = understand(self.require(name), given, self._kinds, self._base)
        for parameter, slug in asked.slugs.items():
            self._check_noun(gateway, asked.words[parameter], slug)
            self._check_slug(gateway, asked, parameter, slug)
        return asked

    def chronicle(self, gateway: Gateway, index: Path, given: Mapping[str, str]) -> Chronicle:
        """The events that the filters of `timeline` and the words `q` let through, read from the index.

        The same events, with the same notes, as the question gives. Raises as `answer`, and UsageError for
        words without a letter or digit.
        """
        words = given.get("q", "")
        asked = self.understood(gateway, "timeline", {key: given[key] for key in given if key != "q"})
        facets = dict(asked.slugs)
        if "kind" in asked.terms:
            kinds = self._kinds["event"].items()
            facets["kind"] = next(notation for notation, iri in kinds if iri == asked.terms["kind"].value)
        if words:
            expression(words)
        start, end = asked_bounds(asked.dates)
        wanted = Wanted(tuple(sorted(facets.items())), bool(asked.dates), start, end, words)
        found = Chronicle(index, wanted)
        undated = found.undated() if asked.dates else 0
        gone = [{"event": slug} for slug in found.retracted()]
        _, corrected = left_out(asked.question, gone, asked, self._log(gateway))
        notes = [undated_note(undated, "events")] if undated else []
        return replace(found, notes=(*notes, *corrected, *asked.question.notes, *self._sources(gateway)))

    def _identified(self, gateway: Gateway, asked: Asked) -> str:
        """The slug that `id` means: a slug, or the record that an outside identifier names."""
        word = asked.terms["id"].value
        self._check_noun(gateway, asked.words["id"], word)
        if self.nouns_of(gateway, word):
            return word
        rows = self._support_rows(gateway, "identified", {"identifier": word})
        if rows:
            return str(rows[0]["slug"])
        near = nearest(word, (row["slug"] for row in self._support_rows(gateway, "slugs")))
        raise UnknownName(f"nothing on record is called '{word}' or has it as an identifier", near=near)

    def _check_noun(self, gateway: Gateway, word: str, slug: str) -> None:
        """An IRI must have the noun of its record; a document and an instrument are told apart by neither."""
        noun, nouns = noun_of(word, self._base), self.nouns_of(gateway, slug)
        alike = {noun, *nouns} <= {"document", "instrument", "capture"}
        if noun is not None and nouns and noun not in nouns and not alike:
            raise UnknownName(
                f"nothing on record has the IRI {word}", hint=f"'{slug}' names this: {', '.join(nouns)}"
            )

    def _check_slug(self, gateway: Gateway, asked: Asked, name: str, slug: str) -> None:
        parameter = next(p for p in asked.question.parameters if p.name == name)
        allowed = NOUNS[parameter.type]
        nouns = self.nouns_of(gateway, slug)
        source = parameter.type == "source" and "capture" not in nouns
        if nouns and not source and (not allowed or set(nouns) & set(allowed)):
            return
        every = self._support_rows(gateway, "slugs")
        fit = [row["slug"] for row in every if not allowed or row["noun"] in allowed]
        if parameter.type == "source":
            fit = [row["slug"] for row in every if row["captured"] == "true"]
        if parameter.type == "about":
            fit += self._kinds.get("topic", {})
        near = nearest(slug, fit)
        is_a = next((noun for noun in nouns if noun != "capture"), None)
        wanted = "a source" if parameter.type == "source" else f"a record for '{name}'"
        article = "an" if is_a and is_a[0] in "aeiou" else "a"
        problem = (
            f"'{slug}' is {article} {is_a}, not {wanted}" if is_a else f"nothing on record is called '{slug}'"
        )
        hint = None if near else f"'{name}': {parameter.description}"
        raise UnknownName(problem, near=near, hint=hint)

    def nouns_of(self, gateway: Gateway, slug: str) -> tuple[str, ...]:
        """The nouns of a slug (with `capture` where it names a source); empty where nothing has it."""
        known = self._nouns.setdefault(gateway.pool, {})
        if slug not in known:
            rows = self._support_rows(gateway, "noun-of", {"slug": slug})
            found = {row["noun"] for row in rows} | {"capture" for row in rows if row["captured"] == "true"}
            known[slug] = tuple(sorted(found))
        return known[slug]

    def _log(self, gateway: Gateway) -> tuple[Logged, ...]:
        """What was corrected or retracted."""
        if gateway.pool not in self._logged:
            self._logged[gateway.pool] = as_logged(self._support_rows(gateway, "corrected"))
        return self._logged[gateway.pool]

    def _sources(self, gateway: Gateway) -> list[str]:
        """Which sources were searched and up to when they were published: every answer says so."""
        if gateway.pool not in self._searched:
            rows = self._support_rows(gateway, "sources")
            dated = [row["latest"] for row in rows if row["latest"]]
            names = ", ".join(row["source"] for row in rows)
            self._searched[gateway.pool] = (
                f"sources searched: {names}" if names else "sources searched: none is on record",
                f"cut_off: {max(dated) if dated else 'unknown'} (latest publication date among the sources)",
                "complete for what these sources say as it is recorded; "
                "what they do not say is not in the answer",
            )
        return list(self._searched[gateway.pool])

    def _support_rows(
        self, gateway: Gateway, name: str, given: Mapping[str, str] | None = None
    ) -> list[dict[str, Any]]:
        question = self._support[name]
        asked = understand(question, given or {}, self._kinds, self._base)
        return decode(question, gateway.query(bind(asked)))


def _columns(question: Question, asked: Asked) -> list[str]:
    """The declared columns; counts begin with what they are counted by."""
    by = counted_by(asked) if question.finish == "counts" else []
    return [*by, *question.columns]
