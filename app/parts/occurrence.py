"""Events as text: the list by year, which is the equivalent of the chart, and the turning points."""

from collections.abc import Mapping, Sequence

from parts import address, dates, facets, record
from parts.markup import anchor, brief, plain, show, words
from parts.record import Row


def listing(rows: Sequence[Row], chosen: str) -> None:
    """The events of one page, by year."""
    years: dict[str, list[str]] = {}
    state = {**facets.state(), "page": address.given("page")}
    for row in rows:
        years.setdefault(year(row), []).append(_line(row, state, current=row["event"] == chosen))
    shown = "".join(f"<h3>{plain(name)}</h3><ul>{''.join(lines)}</ul>" for name, lines in years.items())
    show(f'<section class="or-list" aria-label="List of events"><h2>List of events</h2>{shown}</section>')


def year(row: Row) -> str:
    """The year under which an event is listed: of its first possible day, else of its last."""
    return (row["earliest"] or row["latest"] or "Year not known")[:4] if row["when"] else "Date not known"


def _line(row: Row, state: Mapping[str, str], *, current: bool) -> str:
    """One event: date with its precision and basis, what happened, kind and sources."""
    to = address.link("timeline", **state, event=row["event"])
    told = ", ".join(dict.fromkeys(record.publisher_of(slug) for slug in row["sources"]))
    possible = " · may lie outside the asked dates" if row["certainty"] == "possible" else ""
    turning = '<span class="or-turn">Turning point</span> ' if row["turning"] else ""
    return (
        f"<li{' class=or-current' if current else ''}>"
        f'<div class="or-date">{when(row)}</div>'
        f'<div class="or-what">{anchor(to, row["label"], current=current)}'
        f'<span class="or-meta">{turning}{plain(words(row["kind"]))} · '
        f"{plain(told or 'outside documents only')}{possible}</span></div></li>"
    )


def when(row: Row) -> str:
    """Date with its precision and its basis."""
    basis = dates.basis_in_words(row)
    said = f'<span class="or-when">{plain(row["words"] or "date not known")}</span>'
    return said + (f' <span class="or-basis">{plain(basis)}</span>' if basis else "")


def turning_points(rows: Sequence[Row]) -> None:
    """The events on which the stories turn, in order."""
    steps = "".join(
        f"<li><span>{plain(dates.briefly(row['when']))}</span>"
        f"{anchor(address.link('timeline', event=row['event']), brief(row['label'], 120))}</li>"
        for row in rows
    )
    if steps:
        show(
            '<nav class="or-turning" aria-label="Turning points"><h2>Turning points</h2>'
            f"<ol>{steps}</ol></nav>"
        )
