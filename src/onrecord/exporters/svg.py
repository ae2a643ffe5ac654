"""The timeline as a file of its own: SVG 1.1 with title, key, licence, sources and cut-off inside.

It refers to nothing outside but by links that a reader may follow, and equal input gives equal bytes.
"""

import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from onrecord import edtf
from onrecord.exporters.description import Description
from onrecord.exporters.material import Row
from onrecord.exporters.occurrence import as_told
from onrecord.exporters.timeline import (
    MOST_MARKS,
    Drawing,
    Words,
    draw_bins,
    draw_events,
    short,
    sign,
    text,
)
from onrecord.snapshot.bins import LANES, Bins, gathered
from onrecord.snapshot.chronicle import Chronicle

LANES_OF_BINS: Mapping[str, int] = {"kind": 30, "actor": 14}
"""Most lanes of a drawing in bins."""
_HEAD, _LINE, _COLUMNS = 74, 17, 150
_PAPER, _INK = "#fbfaf6", "#171614"
_FONT = "'Source Sans 3', 'Source Sans Pro', 'Liberation Sans', Arial, sans-serif"
_SERIF = "'Source Serif 4', 'Source Serif Pro', Georgia, 'Liberation Serif', serif"


@dataclass(frozen=True)
class Timeline:
    """What a drawing shows: rows of a chronicle, or bins where there are too many, with the lanes.

    total: events that the filters let through. undated: those of them that no drawing can show.
    names: slug of an actor → name.
    """

    lanes: str
    total: int
    undated: int
    rows: tuple[Row, ...] = ()
    bins: Bins | None = None
    names: Mapping[str, str] | None = None

    def drawing(self, words: Words) -> Drawing | None:
        """The drawing; None where no event has a date."""
        if self.bins is not None:
            return draw_bins(self.bins, words)
        return draw_events(self.rows, self.lanes, words)


def timeline_of(chronicle: Chronicle, lanes: str) -> Timeline:
    """What a drawing of these events shows: each of them, or bins where they are too many to tell apart."""
    total, undated = chronicle.count(), chronicle.undated()
    if chronicle.wanted.dated:
        undated = 0  # an interval leaves them out, which the notes say
    if total <= MOST_MARKS:
        return Timeline(lanes, total, undated, rows=tuple(chronicle.rows()), names=chronicle.actors())
    bins = gathered(chronicle, lanes, LANES_OF_BINS[lanes])
    return Timeline(lanes, total, undated, bins=bins, names=chronicle.actors())


def timeline_of_rows(rows: Iterable[Row]) -> Timeline:
    """What a drawing of the question's rows shows, in lanes by kind."""
    full = sorted(map(as_told, rows), key=lambda row: (row["earliest"] or "", row["event"]))
    undated = sum(not (row["earliest"] or row["latest"]) for row in full)
    return Timeline(LANES[0], len(full), undated, rows=tuple(full))


def write_svg(timeline: Timeline, description: Description) -> bytes:
    """The bytes of the file."""
    about = description.about
    words = Words(timeline.names or {}, event=partial(about.iri, "event"))
    drawing = timeline.drawing(words) or Drawing("", 1_120, 40)
    foot = _foot(description)
    height = _HEAD + drawing.height + len(foot) * _LINE + 56
    title = text(short(about.title, 96))
    said = f"{summary(timeline)} {text_of_lanes(timeline.lanes)}"
    return f"""\
<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawing.width} {height}" width="{drawing.width}" \
height="{height}" role="group" aria-labelledby="title desc" color="{_INK}" font-family="{_FONT}">
<title id="title">{text(about.title)}</title>
<desc id="desc">{text(said)}</desc>
<metadata>
<description xmlns="{about.base}ns#">
{text(chr(10).join(description.as_lines()))}
</description>
</metadata>
<style>a:focus-visible {{ outline: 3px solid {_INK}; outline-offset: 2px; }}</style>
<rect width="100%" height="100%" fill="{_PAPER}"/>
<text x="14" y="34" font-size="22" font-weight="600" font-family="{_SERIF}">{title}</text>
<text x="14" y="57" font-size="13.5" fill-opacity="0.76">{text(summary(timeline))}</text>
<g transform="translate(0 {_HEAD})">{drawing.body}</g>
{_signs(_HEAD + drawing.height + 20, binned=timeline.bins is not None)}
{_lines(foot, _HEAD + drawing.height + 48)}
</svg>
""".encode()


def text_of_lanes(lanes: str) -> str:
    """What the lanes are, in a sentence."""
    return "A lane for each kind of event." if lanes == "kind" else "A lane for each actor."


def summary(timeline: Timeline) -> str:
    """How many events a drawing shows and how it counts them."""
    events = "event" if timeline.total == 1 else "events"
    more = ""
    if timeline.undated:
        have = "has" if timeline.undated == 1 else "have"
        more = f"; {timeline.undated:,} {have} no date to draw"
    if timeline.bins is None:
        return f"{timeline.total:,} {events}{more}."
    unit = timeline.bins.unit
    return (
        f"{timeline.total:,} {events}{more}, counted by {unit}: an event counts in each {unit} in which it "
        "may have been, so that the bars may add up to more than the events."
    )


def _foot(description: Description) -> list[str]:
    about = description.about
    filters = ", ".join(f"{name}: {value}" for name, value in description.filters.items())
    sources = ", ".join(dict.fromkeys(source.publisher or source.title for source in about.sources[:12]))
    more = f" and {len(about.sources) - 12:,} more" if len(about.sources) > 12 else ""
    cut_off = edtf.parse(about.cut_off).display() if about.cut_off else "not known"
    said = [
        f"Sources: {sources or 'none'}{more}, published up to {cut_off}. Labels are ours, not theirs.",
        f"Filter: {filters}." if filters else "Everything on record.",
        f"Licence {about.licence} · {about.base} · snapshot {about.dataset_hash[:12]} · {about.generated_by}",
    ]
    return [line for each in said for line in textwrap.wrap(each, _COLUMNS)]


def _lines(lines: list[str], y: int) -> str:
    return "\n".join(
        f'<text x="14" y="{y + number * _LINE}" font-size="12" fill-opacity="0.76">{text(line)}</text>'
        for number, line in enumerate(lines)
    )


def _signs(y: int, *, binned: bool) -> str:
    """The key."""
    out, x = ['<g font-size="12" aria-hidden="true">'], 20.0
    said = {} if binned else edtf.GRAINS
    for grain, meaning in said.items():
        out.append(sign(grain, x, y, 4.8, "currentColor"))
        out.append(f'<text x="{x + 10:.0f}" y="{y + 4}">{text(meaning)}</text>')
        x += 26 + 6.1 * len(meaning)
    bar = '<rect x="{x:.0f}" y="{y}" width="16" height="9" fill="currentColor" fill-opacity="{opacity}"/>'
    for opacity, meaning in ((0.28, "possible"), (1, "for sure")):
        out.append(bar.format(x=x, y=y - 5, opacity=opacity))
        out.append(f'<text x="{x + 21:.0f}" y="{y + 4}">{meaning}</text>')
        x += 36 + 6.1 * len(meaning)
    if not binned:
        ring = (
            f'<circle cx="{x + 6:.0f}" cy="{y}" r="6" fill="none" stroke="currentColor" stroke-width="1.8"/>'
        )
        out.append(f'{ring}<text x="{x + 18:.0f}" y="{y + 4}">turning point</text>')
    return "".join([*out, "</g>"])


__all__ = [
    "LANES",
    "LANES_OF_BINS",
    "MOST_MARKS",
    "Timeline",
    "summary",
    "text_of_lanes",
    "timeline_of",
    "timeline_of_rows",
    "write_svg",
]
