"""A competency question: what somebody wants to know, how they ask, and what the articles say."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Case:
    """One question with its answer, read from the articles.

    ask: a named question with its parameters; several where the answer needs more than one. has: for each
    answer, rows that it must hold, each as a part of a row. total: the whole number of rows of each answer.
    values: for each answer, column → exactly these values over all rows. lacks: parts of rows that no row may
    hold. derived: what a reader works out from the rows, and what comes out.
    """

    id: str
    category: str
    question: str
    ask: tuple[tuple[str, Mapping[str, str]], ...]
    has: tuple[tuple[Mapping[str, Any], ...], ...] = ()
    total: tuple[int | None, ...] = ()
    values: tuple[Mapping[str, set[Any]], ...] = ()
    lacks: tuple[tuple[Mapping[str, Any], ...], ...] = ()
    derived: tuple[Callable[[list[Rows]], Any], Any] | None = None
    notes: tuple[str, ...] = field(default=())


def one(
    id: str,
    category: str,
    question: str,
    name: str,
    parameters: Mapping[str, str],
    *has: Mapping[str, Any],
    total: int | None = None,
    values: Mapping[str, set[Any]] | None = None,
    lacks: tuple[Mapping[str, Any], ...] = (),
    derived: tuple[Callable[[list[Rows]], Any], Any] | None = None,
    notes: tuple[str, ...] = (),
) -> Case:
    """A case that one named question answers."""
    return Case(
        id,
        category,
        question,
        ((name, parameters),),
        (has,),
        (total,),
        (values or {},),
        (lacks,),
        derived,
        notes,
    )


def both(
    id: str,
    category: str,
    question: str,
    first: tuple[str, Mapping[str, str], tuple[Mapping[str, Any], ...]],
    second: tuple[str, Mapping[str, str], tuple[Mapping[str, Any], ...]],
    *,
    total: tuple[int | None, ...] = (),
    values: tuple[Mapping[str, set[Any]], ...] = (),
    derived: tuple[Callable[[list[Rows]], Any], Any] | None = None,
) -> Case:
    """A case that needs two named questions."""
    asks = (first[:2], second[:2])
    return Case(id, category, question, asks, (first[2], second[2]), total, values, (), derived)


class Containing:
    """Equal to a text that contains this one, and to a list or record with such a text in it."""

    def __init__(self, part: str) -> None:
        self.part = part

    def __eq__(self, other: object) -> bool:
        if isinstance(other, str):
            return self.part in other
        if isinstance(other, list):
            return any(self == item for item in other)
        return isinstance(other, dict) and any(self == item for item in other.values())

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Containing({self.part!r})"
