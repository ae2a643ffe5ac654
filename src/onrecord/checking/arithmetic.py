"""Whether figures that break another one down add up to it; where they do not, the record says so."""

from collections.abc import Iterator
from decimal import Decimal

from onrecord.findings import Finding
from onrecord.model import Figure, Register

Range = tuple[Decimal | None, Decimal | None]


def check(register: Register) -> list[Finding]:
    """A note for each whole whose parts, two or more, do not add up to it, a warning where they exceed it."""
    figures = {figure.id: figure for source in register.sources for figure in source.figures}
    parts: dict[str, list[Figure]] = {}
    for figure in figures.values():
        if figure.breakdown_of in figures:
            parts.setdefault(figure.breakdown_of, []).append(figure)
    findings: list[Finding] = []
    for whole in sorted(parts):
        findings += _sum(register, figures[whole], parts[whole])
    return findings


def range_of(figure: Figure) -> Range:
    """The least and the greatest amount that a figure with its bound allows; None where it has no limit."""
    amount = figure.amount
    low: dict[str, Decimal | None] = {"less-than": None, "at-most": None, "about": None}
    high: dict[str, Decimal | None] = {"more-than": None, "at-least": None, "about": None}
    return low.get(figure.bound, amount), high.get(figure.bound, amount)


def _sum(register: Register, whole: Figure, parts: list[Figure]) -> Iterator[Finding]:
    for part in parts:
        if part.unit != whole.unit:
            message = f"`{part.id}` counts in {part.unit}, `{whole.id}` in {whole.unit}"
            place = register.place(part.id, "unit")
            yield Finding("OR426", message, place, "warning", "a breakdown has the unit of its whole")
            return
    least = sum((range_of(part)[0] or Decimal(0) for part in parts), Decimal(0))
    highs = [range_of(part)[1] for part in parts]
    most = None if None in highs else sum((high for high in highs if high is not None), Decimal(0))
    low, high = range_of(whole)
    place = register.place(whole.id, "amount")
    added = " + ".join(_said(part) for part in parts)
    if high is not None and least > high:
        message = f"the parts exceed the whole: {added} is more than {_said(whole)}"
        yield Finding("OR404", message, place, "warning", "does each of them break down this figure?")
    elif len(parts) > 1 and low is not None and most is not None and most < low:
        open_ended = any(part.bound == "less-than" for part in parts)
        rest = f"{'more than' if open_ended else 'at least'} {low - most:,}"
        message = f"the figures given do not add up: {added} leaves {rest} of {_said(whole)} unexplained"
        yield Finding("OR404", message, place, "note", "a fact about the source, not a fault of the record")


def _said(figure: Figure) -> str:
    words = "" if figure.bound == "exactly" else f"{figure.bound.replace('-', ' ')} "
    return f"{words}{figure.amount:,}"


CODES: dict[str, str] = {
    "OR404": "Note: figures that break another one down do not add up to it (a warning where they exceed "
    "it).",
    "OR426": "Warning: a figure breaks down another one of a different unit.",
}
