"""An event on a drawing: which days it covers, where its sign stands, and what it says of itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from onrecord import edtf
from onrecord.exporters.material import Row, basis_in_words


@dataclass(frozen=True, slots=True)
class Mark:
    """One event: the days that it may be (`start`, `end`; open sides at the drawing's edge), those that it is
    for sure, how finely its date is known, and where its sign stands.
    """

    event: str
    lane: str
    grain: str
    start: date
    end: date
    sure: tuple[date, date] | None
    at: date
    said: str
    turning: bool


def span_of(rows: Sequence[Row]) -> tuple[date, date] | None:
    """First and last day that is known of any row; None where there is none."""
    days = [date.fromisoformat(day) for row in rows for day in (row["earliest"], row["latest"]) if day]
    return (min(days), max(days)) if days else None


def as_told(row: Row) -> Row:
    """A row of the question `timeline` with what a chronicle says of its date besides."""
    day = edtf.parse(row["when"]) if row["when"] else None
    sure = edtf.certain_part(day) if day and edtf.grain(day) == "period" else None
    return {
        **row,
        "grain": edtf.grain(day) if day else None,
        "words": day.display() if day else None,
        "sure_start": sure[0].isoformat() if sure else None,
        "sure_end": sure[1].isoformat() if sure else None,
        "turning": row.get("turning", False),
    }


def mark_of(row: Row, lane: str, kind: str, span: tuple[date, date]) -> Mark | None:
    """A row of a chronicle as a mark; None where it has no date to draw. kind: in words."""
    if not row["when"] or not (row["earliest"] or row["latest"]):
        return None
    fine: str = row["grain"]
    start = date.fromisoformat(row["earliest"]) if row["earliest"] else span[0]
    end = date.fromisoformat(row["latest"]) if row["latest"] else span[1]
    sure = None
    if row["sure_start"] and row["sure_end"]:
        sure = date.fromisoformat(row["sure_start"]), date.fromisoformat(row["sure_end"])
    said = f"{kind}: {row['label']}. {row['words']}{basis_in_words(row['date_basis'])}."
    return Mark(
        event=row["event"],
        lane=lane,
        grain=fine,
        start=start,
        end=end,
        sure=sure,
        at={"before": end, "after": start, "period": start}.get(fine, start + (end - start) / 2),
        said=said + (" A turning point." if row["turning"] else ""),
        turning=bool(row["turning"]),
    )
