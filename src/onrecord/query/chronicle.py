"""Answers about time: states, changes, durations, positions and what is missing."""

from datetime import date, timedelta
from typing import Any

from onrecord import edtf
from onrecord.query.binding import Asked
from onrecord.query.interval import by_date, covers, is_open, parsed, sides, within

Row = dict[str, Any]


def status(rows: list[Row], asked: Asked) -> tuple[list[Row], list[str]]:
    """Accounts whose period possibly covers the date, by when the period begins."""
    kept = []
    for row in rows:
        certainty = covers(row["when"], asked.dates["date"])
        if certainty is not None:
            since, until = sides(row["when"])
            if _turns(since, until, asked.dates["date"]):
                certainty = "possible"
            kept.append({**row, "since": since, "until": until, "certainty": certainty})
    notes = [] if kept else [f"no recorded state of the instrument covers {asked.words['date']}"]
    if len({row["status"] for row in kept}) > 1:
        notes.append("the accounts give different states for this date")
    return sorted(kept, key=lambda row: (by_date(row), row["status"], row["period"])), notes


def history(rows: list[Row], asked: Asked) -> tuple[list[Row], list[str]]:  # noqa: ARG001  a finish is given both
    """All accounts of the states of instruments, by instrument and by when the period begins."""
    for row in rows:
        row["since"], row["until"] = sides(row["when"])
        whole = parsed(row["when"]) if row["when"] else None
        row["earliest"], row["latest"] = (_iso(whole.earliest), _iso(whole.latest)) if whole else (None, None)
        row["sure_from"], row["sure_to"] = map(_iso, _sure_days(row))
        row["goes_on"] = "yes" if is_open(row["when"]) else "no"
    return sorted(rows, key=lambda r: (r["instrument"], by_date(r), r["status"], r["period"])), []


def _sure_days(row: Row) -> tuple[date | None, date | None]:
    """First and last day for which `status` says sure; the last is None where the state goes on."""
    since, until = row["since"], row["until"]
    if since is None or parsed(since).uncertain or (until is None and not is_open(row["when"])):
        return None, None
    first, ended = parsed(since).latest, parsed(until).earliest if until else None
    last = ended - timedelta(days=1) if ended else None
    return (first, last) if first and (last is None or first <= last) else (None, None)


def _turns(since: str | None, until: str | None, day: edtf.Edtf) -> bool:
    """Whether the state may have ended on the asked day already, or its beginning is marked uncertain."""
    ended = parsed(until).earliest if until else None
    ends_now = ended is not None and day.latest is not None and day.latest >= ended
    return ends_now or (since is not None and parsed(since).uncertain)


def changes(rows: list[Row], asked: Asked) -> tuple[list[Row], list[str]]:
    """Events and turns of state within the interval, by date."""
    dated = []
    for row in rows:
        if row["change"] != "event":
            since, until = sides(row["when"])
            row = {**row, "when": since if row["change"] == "status-opened" else until}
            if row["when"] is None:
                continue
        day = parsed(row["when"]) if row["when"] else None
        dated.append(
            {
                **row,
                "earliest": _iso(day.earliest if day else None),
                "latest": _iso(day.latest if day else None),
            }
        )
    kept, notes = within(dated, asked.dates, "events")
    return sorted(
        kept, key=lambda r: (by_date(r), r["change"], r["event"] or "", r["status"] or "", r["label"])
    ), notes


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def duration(rows: list[Row], asked: Asked) -> tuple[list[Row], list[str]]:
    """The one row of a duration: days from the first event to the second, as a range of what is possible."""
    (row,) = rows
    first, last = (
        (_day(row["from_earliest"]), _day(row["from_latest"])),
        (_day(row["to_earliest"]), _day(row["to_latest"])),
    )
    fewest = None if first[1] is None or last[0] is None else (last[0] - first[1]).days
    most = None if first[0] is None or last[1] is None else (last[1] - first[0]).days
    exact = fewest if fewest is not None and fewest == most else None
    notes = [
        f"{asked.words[side]}: date_basis {row[f'{side}_basis']}"
        + (f" ({note})" if (note := row[f"{side}_note"]) else "")
        for side in ("from", "to")
        if row[f"{side}_basis"] not in (None, "stated")
    ]
    notes += [
        f"no date is known of {asked.words[side]}" for side in ("from", "to") if row[f"{side}_when"] is None
    ]
    if exact is None and fewest is not None:
        notes.append("the dates leave the number of days open; earliest_days and latest_days bound it")
    return [{**row, "days": exact, "earliest_days": fewest, "latest_days": most}], notes


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def positions(rows: list[Row], asked: Asked) -> tuple[list[Row], list[str]]:
    """Stances by date; a change of stance is noted with both."""
    order = sorted(
        rows,
        key=lambda r: (
            by_date(r),
            r["source"] or "",
            r["start"] or 0,
            r["statement"] or "",
            r["event"] or "",
        ),
    )
    stances = list(dict.fromkeys(row["stance"] for row in order))
    notes = [f"stances on record: {', '.join(stances)}"] if len(stances) > 1 else []
    if not order:
        notes.append(f"no statement of '{asked.words['actor']}' on record takes a stance")
    return order, notes


def gaps(rows: list[Row], asked: Asked) -> tuple[list[Row], list[str]]:  # noqa: ARG001  a finish is given both
    """Curated gaps first, then those that rules find."""
    return sorted(
        rows, key=lambda r: (r["rule"] != "curated", r["gap"], r["about"] or "", r["record"] or "")
    ), []
