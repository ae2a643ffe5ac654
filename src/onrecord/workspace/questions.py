"""What a workspace is asked: named questions, SPARQL, names of records."""

from collections.abc import Mapping, Sequence
from threading import Event
from typing import TYPE_CHECKING

from onrecord import resources
from onrecord.errors import UnknownName
from onrecord.query import Answer, QueryResult, Question, Questions
from onrecord.query.renaming import addresses
from onrecord.terms import Concept, load_concepts
from onrecord.workspace.snapshot import Opened

if TYPE_CHECKING:
    from onrecord.query.questions import Named
    from onrecord.snapshot.chronicle import Chronicle


class Asked(Opened):
    """The named questions and everything else that is answered in SPARQL."""

    def list_questions(self) -> list[Question]:
        """Every named question; needs no snapshot."""
        return list(Questions.load())

    def question(self, name: str) -> Question:
        """One named question; needs no snapshot. Raises UnknownName with the nearest names."""
        return Questions.load().require(name)

    def parameter_values(self) -> dict[str, list[str]]:
        """The values that parameters and columns of a kind can take, as `question.name` → values."""
        return Questions.load().parameter_values()

    def named(self) -> "list[Named]":
        """Every record that people ask by, by slug."""
        return self.questions.named(self.gateway)

    def choices(self, name: str, parameter: str) -> dict[str, str]:
        """What a parameter of a question takes, as `Questions.choices`. Raises UnknownName."""
        question = self.questions.require(name)
        found = next((each for each in question.parameters if each.name == parameter), None)
        if found is None:
            raise UnknownName(f"the question '{name}' has no parameter '{parameter}'")
        return self.questions.choices(self.gateway, found)

    def query_text(self, name: str, parameters: Mapping[str, str] | None = None) -> str:
        """The SPARQL of a named question; nothing is run. Raises as `Questions.query_text`."""
        return self.questions.query_text(name, parameters or {})

    def ask(self, name: str, parameters: Mapping[str, str] | None = None) -> Answer:
        """A named question.

        Raises:
            UnknownName: no such question, parameter, slug or concept.
            UsageError: a value that does not parse.
            LimitExceeded: a published limit was reached.
        """
        return self.questions.answer(self.gateway, name, parameters or {})

    def query(
        self,
        text: str,
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        stop: Event | None = None,
    ) -> QueryResult:
        """SPARQL: the whole answer or one error.

        default_graphs, named_graphs: IRIs of the dataset, in place of the query's own `FROM` (SPARQL 1.1
        Protocol, 2.1.4); one that is not a graph of this knowledge base is empty. stop: set from another
        thread, it ends the query.

        Raises:
            QueryRefused: malformed, or refused by name.
            LimitExceeded: a published limit was reached.
            Stopped: by `stop`.
        """
        return self.gateway.query(text, default_graphs=default_graphs, named_graphs=named_graphs, stop=stop)

    def chronicle(self, filters: Mapping[str, str] | None = None) -> "Chronicle":
        """The events that the filters of the question `timeline` and the words `q` let through.

        The same as the question gives, from the index of events: page by page, counted, and in bins of time,
        at a cost that does not grow with the record as the question's does. Raises as `ask`.
        """
        return self.questions.chronicle(self.gateway, self.snapshot.search, filters or {})

    def iri(self, slug: str) -> str | None:
        """The IRI of the record that a slug names; None where nothing has it."""
        nouns = [noun for noun in self.questions.nouns_of(self.gateway, slug) if noun != "capture"]
        return f"{self.snapshot.manifest.base}id/{nouns[0]}/{slug}" if nouns else None

    def renamed(self, word: str) -> str | None:
        """The slug of today where `word` is a slug or an IRI that a record had before, else None.

        `ask` and `export` follow it by themselves and say so; this is for addresses of pages.
        """
        return self.questions.renamed(self.gateway, word)

    def addresses(self, path: str) -> list[str]:
        """Where a path below the base may lead, itself included, likeliest first (`id/actor/…`)."""
        return addresses(path, self.questions.redirects(self.gateway))

    def concepts(self) -> list[Concept]:
        """Every concept of the kinds, with label and definition, by scheme and notation."""
        return load_concepts(resources.ontology_dir())
