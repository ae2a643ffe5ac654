"""The timeline for other people's pages: static HTML, the drawing and the list, nothing fetched.

What it says of itself, its citation and its licence stand in it as text; links lead back to the record.
"""

from functools import partial

from onrecord.exporters.characters import html
from onrecord.exporters.description import Description
from onrecord.exporters.material import Row, basis_in_words
from onrecord.exporters.svg import Timeline, summary
from onrecord.exporters.timeline import Words, kind_in_words

MOST_LISTED = 200
"""Events that the list of an embedded timeline names one by one."""
_STYLE = """\
.onrecord-timeline{font:1rem/1.5 system-ui,sans-serif;color:#171614;background:#fbfaf6;padding:1rem;\
border:1px solid #cfc9bd}
.onrecord-timeline h2{font:600 1.3rem/1.25 Georgia,serif;margin:0 0 .2rem}
.onrecord-timeline svg{max-width:100%;height:auto;display:block;margin:.6rem 0}
.onrecord-timeline ol{padding-left:1.2rem}.onrecord-timeline li{margin:.25rem 0}
.onrecord-timeline small{color:#4d483f}.onrecord-timeline a{color:#1c4480}"""


def write_notice(timeline: Timeline, description: Description) -> str:
    """The element to put into a page; its values are escaped."""
    about = description.about

    link = partial(about.iri, "event")
    drawing = timeline.drawing(Words(timeline.names or {}, event=link))
    size = f'viewBox="0 0 {drawing.width} {drawing.height}"' if drawing else ""
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="group" aria-label="{html(about.title)}" '
        f'font-family="system-ui,sans-serif">{drawing.body}</svg>'
        if drawing
        else ""
    )
    rows = timeline.rows[:MOST_LISTED] if timeline.bins is None else ()
    items = "".join(f"<li>{_item(row, link(row['event']))}</li>" for row in rows)
    left = timeline.total - len(rows)
    more = f"<p><small>{left:,} more in the record.</small></p>" if left else ""
    listed = (
        f"<details><summary>The events as a list</summary><ol>{items}</ol>{more}</details>" if rows else more
    )
    return (
        f'<section class="onrecord-timeline" lang="en" aria-label="Timeline"><style>{_STYLE}</style>'
        f"<h2>{html(about.title)}</h2><p>{html(summary(timeline))}</p>{picture}{listed}"
        f"<p><small>{_citation(description)}</small></p></section>"
    )


def _citation(description: Description) -> str:
    about = description.about
    filters = ", ".join(f"{name}: {value}" for name, value in description.filters.items())
    chosen = f" Chosen by {html(filters)}." if filters else ""
    notes = "".join(f" {html(note)}." for note in about.notes if "left out" in note)
    return (
        f"{html(about.title)}. onrecord, snapshot {about.dataset_hash[:12]}, sources up to "
        f"{html(about.cut_off or 'an unknown day')}.{chosen}{notes} Licence {html(about.licence)}. "
        f'<a href="{html(about.base)}">{html(about.base)}</a>'
    )


def _item(row: Row, link: str) -> str:
    told = f"{row['words'] or 'date not known'}{basis_in_words(row['date_basis']) if row['when'] else ''}"
    turning = " <strong>Turning point.</strong>" if row["turning"] else ""
    return (
        f'<a href="{html(link)}">{html(row["label"])}</a>{turning}<br>'
        f"<small>{html(told)} · {html(kind_in_words(row['kind']))}</small>"
    )
