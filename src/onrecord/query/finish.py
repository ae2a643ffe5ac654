"""What completes an answer where SPARQL does not suffice: small, typed, one a kind of answer.

A finish takes the decoded rows and what was asked, and gives the rows in order and its notes.
"""

from collections.abc import Callable, Mapping
from typing import Any

from onrecord.query import chronicle, counting, edges, office, retraction
from onrecord.query.binding import Asked
from onrecord.query.interval import by_date, within

Row = dict[str, Any]
Finish = Callable[[list[Row], Asked], tuple[list[Row], list[str]]]


def plain(rows: list[Row], asked: Asked) -> tuple[list[Row], list[str]]:  # noqa: ARG001  a finish is given both
    """In the query's order."""
    return rows, []


def interval(rows: list[Row], asked: Asked) -> tuple[list[Row], list[str]]:
    """Events, by date."""
    kept, notes = within(rows, asked.dates, "events")
    return sorted(kept, key=lambda row: (by_date(row), row["event"])), notes


def statements(rows: list[Row], asked: Asked) -> tuple[list[Row], list[str]]:
    """Statements, by date and place; the segments of each are the paragraphs that its text is made of."""
    kept, notes = within(rows, asked.dates, "statements")
    for row in kept:
        paragraphs = set((row["text"] or "").split("\n\n")) | {row["text"]}
        row["segments"] = [
            s for s in row["segments"] if row["mode"] != "indirect" and s["text"] in paragraphs
        ]
    ours = sum(row["text_is"] == "ours" for row in kept)
    if ours:
        notes.append(
            f"{ours} of the statements are reported speech: their text is our description, not a quotation"
        )
    return sorted(
        kept, key=lambda row: (by_date(row), row["source"], row["start"] or 0, row["statement"])
    ), notes


def evidence(rows: list[Row], asked: Asked) -> tuple[list[Row], list[str]]:
    """Passages in the order of the sources; a passage that is told as several things keeps a row for each."""
    order = sorted(
        rows, key=lambda r: (r["source"] or "", r["start"] or 0, r["end"] or 0, r["kind"], r["of"] or "")
    )
    return order, ([] if order else [f"no passage is on record for '{asked.words['id']}'"])


def figures(rows: list[Row], asked: Asked) -> tuple[list[Row], list[str]]:  # noqa: ARG001  a finish is given both
    """Figures in the order of the sources; a printed wording stands where the record prints one."""
    for row in rows:
        row["start"], row["end"] = _first(row["passages"])
        words = [passage["text"] for passage in row["passages"] if passage["text"]]
        row["text"] = " … ".join(words) if words else row["label"]
        row["text_is"] = "printed" if words else "ours"
    order = sorted(rows, key=lambda row: (row["source"] or "", row["start"] or 0, row["figure"]))
    units = {(row["unit"], row["when"]) for row in rows}
    return order, (
        ["the figures are of different units or periods and not comparable"] if len(units) > 1 else []
    )


def _first(passages: list[Row]) -> tuple[int | None, int | None]:
    """The place of the first passage."""
    first = min(passages, key=lambda passage: passage["start"], default=None)
    return (first["start"], first["end"]) if first else (None, None)


def disagreements(rows: list[Row], asked: Asked) -> tuple[list[Row], list[str]]:  # noqa: ARG001  a finish is given both
    """Disagreements by slug, the claims of each by source and place."""
    for row in rows:
        row["claims"] = sorted(
            row["claims"], key=lambda c: (c["source"] or "", c["start"] or 0, c["claim"] or "")
        )
    return rows, []


FINISHES: Mapping[str, Finish] = {
    "changes": chronicle.changes,
    "corrections": retraction.since,
    "counts": counting.counts,
    "disagreements": disagreements,
    "duration": chronicle.duration,
    "edges": edges.edges,
    "evidence": evidence,
    "figures": figures,
    "gaps": chronicle.gaps,
    "history": chronicle.history,
    "interval": interval,
    "offices": office.offices,
    "path": edges.path,
    "plain": plain,
    "positions": chronicle.positions,
    "statements": statements,
    "status": chronicle.status,
}
"""Name in a question's header → finish."""
