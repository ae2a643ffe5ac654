"""The named questions: found in `ontology/questions/`, answered through the gateway."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
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
from onrecord.query.question import Parameter, Question, read_question
from onrecord.query.renaming import Redirects, as_redirects, followed, named
from onrecord.query.retraction import Logged, as_logged, left_out
from onrecord.snapshot.answer import Answer
from onrecord.snapshot.chronicle import Chronicle, Wanted
from onrecord.snapshot.search import expression

_SUPPORT = "support"


@dataclass(frozen=True, slots=True)
class Named:
    """A record that people ask by: slug, noun of its IRI, name for people, and whether it is a source."""

    slug: str
    noun: str
    label: str
    is_source: bool


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
        self._redirects: WeakKeyDictionary[Pool, Redirects] = WeakKeyDictionary()
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

    def named(self, gateway: Gateway) -> list[Named]:
        """Every record that people ask by, by slug. Raises as `Gateway.query`."""
        rows = self._support_rows(gateway, "slugs")
        return [
            Named(row["slug"], row["noun"], row["label"] or row["slug"], row["captured"] == "true")
            for row in rows
        ]

    def choices(self, gateway: Gateway, parameter: Parameter) -> dict[str, str]:
        """What a parameter takes: slug → name of a record, concept or word → the same.

        Empty where it takes values of its own (dates, words, numbers). Beside these a parameter of records
        takes their IRIs, and `id` what other registers call them. Raises as `Gateway.query`.
        """
        scheme = "topic" if parameter.type == "about" else parameter.scheme
        words = parameter.choices or sorted(self._kinds.get(scheme or "", {}))
        taken = {word: word for word in words}
        if parameter.type in NOUNS or parameter.type == "id":
            nouns = NOUNS.get(parameter.type, ())
            taken |= {
                each.slug: each.label
                for each in self.named(gateway)
                if (not nouns or each.noun in nouns) and (parameter.type != "source" or each.is_source)
            }
        return taken

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
        asked, renamed = self.understood(gateway, name, given or {})
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
            notes=[*renamed, *notes, *corrected, *question.notes, *self._sources(gateway)],
            query=text,
        )

    def redirects(self, gateway: Gateway) -> Redirects:
        """The slugs that records had before."""
        if gateway.pool not in self._redirects:
            self._redirects[gateway.pool] = as_redirects(self._support_rows(gateway, "redirects"))
        return self._redirects[gateway.pool]

    def renamed(self, gateway: Gateway, word: str) -> str | None:
        """The slug of today where `word` is a slug, or an IRI, that a record had before; else None."""
        slug = word.rstrip("/").rpartition("/")[2]
        moved = self.redirects(gateway).get(slug)
        if moved is not None and self.nouns_of(gateway, slug):
            return None
        fits = moved is not None and noun_of(word, self._base) in (None, moved.noun)
        return moved.new if moved is not None and fits else None

    def _followed(self, gateway: Gateway, asked: Asked) -> tuple[Asked, list[str]]:
        """What was asked by a slug that its record had before, asked by the one that it has now."""
        old = [name for name, slug in named(asked).items() if not self.nouns_of(gateway, slug)]
        if not old:
            return asked, []
        return followed(asked, old, self.redirects(gateway), self._base)

    def understood(self, gateway: Gateway, name: str, given: Mapping[str, str]) -> tuple[Asked, list[str]]:
        """The parameters of a question, each checked against what is on record, and notes on those that were
        slugs of before. Raises as `answer`.
        """
        asked, renamed = self._followed(
            gateway, understand(self.require(name), given, self._kinds, self._base)
        )
        for parameter, slug in asked.slugs.items():
            self._check_noun(gateway, asked.words[parameter], slug)
            self._check_slug(gateway, asked, parameter, slug)
        return asked, renamed

    def chronicle(self, gateway: Gateway, index: Path, given: Mapping[str, str]) -> Chronicle:
        """The events that the filters of `timeline` and the words `q` let through, read from the index.

        The same events, with the same notes, as the question gives. Raises as `answer`, and UsageError for
        words without a letter or digit.
        """
        words = given.get("q", "")
        asked, renamed = self.understood(
            gateway, "timeline", {key: given[key] for key in given if key != "q"}
        )
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
        notes = [*renamed, *([undated_note(undated, "events")] if undated else [])]
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
        near = nearest(slug, self.choices(gateway, parameter))
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
