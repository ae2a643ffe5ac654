"""The timeline as SVG 1.1: lanes by kind or actor, every mark a link with words of its own.

The same drawing is shown in the app, exported as a file and put into other pages. It has no script, no
reference to anything outside of it, and equal input gives equal bytes. Colours are at least 3:1 against both
of the app's backgrounds (WCAG 2.2, 1.4.11); shape and words say the same.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from onrecord import edtf
from onrecord.exporters.characters import XmlText, legible
from onrecord.exporters.occurrence import Mark, mark_of, span_of
from onrecord.exporters.scale import Scale
from onrecord.snapshot.bins import NOBODY, OTHERS, Bin, Bins, Lane

Row = Mapping[str, Any]
COLOURS = ("#0b6aa2", "#b0530a", "#0a7d5c", "#a4457f", "#7d6a00", "#5b5fb5", "#c0433a", "#46707a")
MOST_MARKS = 2_000
"""Above it events are gathered in bins."""
MOST_LANES = 30
WIDTH, LEFT, RIGHT, TOP = 1_120, 196, 14, 40
_BIN_LANE, _LABEL = 38, 28
_TOUCH = 13.0  # two signs closer than this would touch
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Words:
    """What a drawing calls things and where its marks lead.

    names: value of a lane → name. event: slug → address. narrower: lane and bin → address of that stretch.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    event: Callable[[str], str] | None = None
    narrower: Callable[[Lane, Bin], str] | None = None


def kind_in_words(notation: str) -> str:
    """A concept's notation for people: `letter-sent` → `Letter sent`."""
    return notation.replace("-", " ").capitalize()


def lane_name(by: str, lane: str, words: Words, further: int = 0) -> str:
    """What a lane is called."""
    if lane == NOBODY:
        return "No actor named"
    if lane == OTHERS:
        return f"{further} other {'kinds' if by == 'kind' else 'actors'}"
    return kind_in_words(lane) if by == "kind" else words.names.get(lane, lane)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing: the elements inside of `svg`, and its size in pixels."""

    body: str
    width: int
    height: int


def draw_events(rows: Sequence[Row], by: str, words: Words) -> Drawing | None:
    """A mark for each event with a date, in a lane for its kind or each of its actors; None without any."""
    span = span_of(rows)
    if span is None:
        return None
    marks = [
        mark
        for row in rows
        for lane in (row["participants"] or [NOBODY] if by == "actor" else [row["kind"]])
        if (mark := mark_of(row, lane, kind_in_words(row["kind"]), span)) is not None
    ]
    lanes, further = _largest(marks)
    room = max((span[1] - span[0]) * 0.012, _DAY)  # so that no sign is cut at the drawing's edges
    scale = _scale(span[0], span[1], room)
    stacked = {lane: _stacked(of_lane, scale) for lane, of_lane in lanes.items()}
    height = _row_height(sum(len(depths) for depths in stacked.values()))
    out, y = [], float(TOP)
    for number, (lane, depths) in enumerate(stacked.items()):
        colour = COLOURS[number % len(COLOURS)]
        name = lane_name(by, lane, words, further)
        out.append(_lane_open(name, y, height * len(depths) + 6, number))
        for depth, row_marks in enumerate(depths):
            out += [
                _mark(mark, y + 3 + height * (depth + 0.5), height, colour, scale, words)
                for mark in row_marks
            ]
        out.append("</g>")
        y += height * len(depths) + 6
    return Drawing(_axis(scale, y) + "".join(out), WIDTH, int(y + 12))


def _scale(first: date, last: date, room: timedelta) -> Scale:
    start = date.min if first - date.min < room else first - room
    end = date.max if date.max - last < room else last + room
    return Scale(start, end, LEFT, WIDTH - RIGHT)


def _largest(marks: Sequence[Mark]) -> tuple[dict[str, list[Mark]], int]:
    """Marks by lane, in order of the first; all beyond the largest lanes in one, and how many those are."""
    lanes: dict[str, list[Mark]] = {}
    for mark in marks:
        lanes.setdefault(mark.lane, []).append(mark)
    if len(lanes) <= MOST_LANES:
        return lanes, 0
    largest = sorted(lanes, key=lambda lane: (-len(lanes[lane]), lane))[: MOST_LANES - 1]
    kept = {lane: of_lane for lane, of_lane in lanes.items() if lane in largest}
    rest = {mark.event: mark for lane, of_lane in lanes.items() if lane not in largest for mark in of_lane}
    kept[OTHERS] = list(rest.values())
    return kept, len(lanes) - len(largest)


def _ends(mark: Mark, scale: Scale) -> tuple[float, float]:
    """What a mark covers: its span, or its sign where that is wider."""
    at = scale.at(mark.at, 0.5)
    return min(scale.at(mark.start), at - _TOUCH / 2), max(scale.at(mark.end, 1), at + _TOUCH / 2)


def _stacked(marks: Sequence[Mark], scale: Scale) -> list[list[Mark]]:
    """Marks in rows, so that none touches another; in order of what they cover."""
    rows: list[list[Mark]] = []
    taken: list[float] = []
    for mark in sorted(marks, key=lambda mark: (*_ends(mark, scale), mark.event)):
        left, right = _ends(mark, scale)
        depth = next((number for number, until in enumerate(taken) if until + 1 <= left), len(taken))
        if depth == len(rows):
            rows.append([])
            taken.append(0.0)
        rows[depth].append(mark)
        taken[depth] = right
    return rows


def _row_height(rows: int) -> float:
    """Pixels of a row; the more there are, the thinner."""
    return 20.0 if rows <= 40 else 16.0 if rows <= 70 else 12.0


def text(value: str) -> str:
    """Text as XML holds it and readers see it."""
    return escape(legible(XmlText()(value)))


def _attribute(value: str) -> str:
    return quoteattr(legible(XmlText()(value)))


def short(name: str, length: int) -> str:
    """At most so many characters of a name, with … where it goes on."""
    return name if len(name) <= length else name[: length - 1].rstrip() + "…"


def _lane_open(name: str, y: float, height: float, number: int) -> str:
    band = (
        f'<rect class="or-band" x="0" y="{y:.1f}" width="{WIDTH}" height="{height:.1f}" fill="currentColor" '
    )
    shade = band + f'fill-opacity="{0.045 if number % 2 == 0 else 0}"/>'
    label = (
        f'<text class="or-lane" x="{LEFT - 14}" y="{y + 17:.1f}" text-anchor="end" font-size="13" '
        f'fill="currentColor">{text(short(name, _LABEL))}<title>{text(name)}</title></text>'
    )
    return f'<g role="group" aria-label={_attribute(name)}>{shade}{label}'


def _axis(scale: Scale, bottom: float) -> str:
    """Lines and words of time, at the top."""
    out = ['<g class="or-axis" aria-hidden="true">']
    last = -1000.0
    for day, said in scale.ticks():
        x = scale.at(day)
        strong = said.isdigit()
        out.append(
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 8}" y2="{bottom:.1f}" stroke="currentColor" '
            f'stroke-opacity="{0.32 if strong else 0.14}"/>'
        )
        if x - last > 34 and x < scale.right - 12:
            weight = ' font-weight="600"' if strong else ""
            out.append(
                f'<text x="{x:.1f}" y="{TOP - 15}" font-size="12.5"{weight} fill="currentColor" '
                f'text-anchor="middle">{text(said)}</text>'
            )
            last = x
    return "".join([*out, "</g>"])


def _link(address: str, said: str, inside: str, name: str = "or-mark") -> str:
    label = f"aria-label={_attribute(said)}"
    if not address:
        return f'<g class="{name}" role="img" {label}>{inside}</g>'
    return f'<a class="{name}" href={_attribute(address)} {label}>{inside}</a>'


def _mark(mark: Mark, y: float, height: float, colour: str, scale: Scale, words: Words) -> str:
    thick = min(11.0, height - 3)
    parts = []
    if mark.grain != "day":
        parts.append(
            f'<rect {_bar_of(scale, mark.start, mark.end, y, thick)} rx="3" fill="{colour}" '
            f'fill-opacity="0.22" stroke="{colour}"/>'
        )
    if mark.sure is not None:
        parts.append(f'<rect {_bar_of(scale, *mark.sure, y, thick)} rx="1" fill="{colour}"/>')
    x = scale.at(mark.at, 0.5)
    size = min(5.6, height / 2 - 1)
    if mark.turning:
        parts.append(
            f'<circle class="or-ring" cx="{x:.1f}" cy="{y:.1f}" r="{size + 3.4:.1f}" fill="none" '
            'stroke="currentColor" stroke-width="1.8"/>'
        )
    parts.append(sign(mark.grain, x, y, size, colour))
    said = mark.said
    return _link(words.event(mark.event) if words.event else "", said, "".join(parts))


def _bar_of(scale: Scale, first: date, last: date, y: float, thick: float) -> str:
    left, right = scale.at(first), scale.at(last, 1)
    size = f'width="{max(right - left, 2):.1f}" height="{thick:.1f}"'
    return f'x="{left:.1f}" y="{y - thick / 2:.1f}" {size}'


def sign(grain: str, x: float, y: float, size: float, colour: str) -> str:
    """The sign of a grain, `size` pixels to each side of its middle."""
    if grain == "day":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" fill="{colour}"/>'
    if grain == "period":
        return f'<rect x="{x - 2:.1f}" y="{y - size:.1f}" width="4" height="{2 * size:.1f}" fill="{colour}"/>'
    shapes = {
        "days": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
        "month": ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)),
        "before": ((-1.1, 0), (0.9, -1.1), (0.9, 1.1)),
        "after": ((1.1, 0), (-0.9, -1.1), (-0.9, 1.1)),
    }
    points = " ".join(f"{x + dx * size:.1f},{y + dy * size:.1f}" for dx, dy in shapes[grain])
    return f'<polygon points="{points}" fill="{colour}"/>'


def draw_bins(bins: Bins, words: Words) -> Drawing:
    """A bar for each lane and stretch: pale as high as events are possible in it, solid as are for sure.

    Each lane has a measure of its own, since one crowded day would flatten all others; its name says how many
    events it has.
    """
    scale = Scale(bins.start, bins.end, LEFT, WIDTH - RIGHT)
    out, y = [], float(TOP)
    for number, lane in enumerate(bins.lanes):
        name = lane_name(bins.by, lane.value, words, lane.further)
        out.append(_lane_open(f"{name} ({lane.events:,})", y, _BIN_LANE, number))
        colour = COLOURS[number % len(COLOURS)]
        most = max((each.possible for each in lane.bins), default=1)
        for each in lane.bins:
            said = f"{name}, {stretch(bins.unit, each)}: {counted(each)}"
            address = words.narrower(lane, each) if words.narrower else ""
            out.append(_link(address, said, _bar(each, y + _BIN_LANE - 3, most, colour, scale), "or-bin"))
        out.append("</g>")
        y += _BIN_LANE
    return Drawing(_axis(scale, y) + "".join(out), WIDTH, int(y + 12))


def _bar(each: Bin, foot: float, most: int, colour: str, scale: Scale) -> str:
    left, right = scale.at(each.start), scale.at(each.end, 1)
    full = _BIN_LANE - 7
    tall, solid = (max(full * count / most, 2.0 if count else 0) for count in (each.possible, each.sure))

    def bar(height: float, look: str, gap: float = 1.5) -> str:
        place = f'x="{left:.1f}" y="{foot - height:.1f}" width="{max(right - left - gap, 1.5):.1f}"'
        return f'<rect {place} height="{height:.1f}" {look}/>'

    pale = f'fill="{colour}" fill-opacity="0.3" stroke="{colour}" stroke-width="0.7"'
    room = bar(full, 'fill="none" pointer-events="all"', gap=0)
    return room + bar(tall, pale) + (bar(solid, f'fill="{colour}"') if each.sure else "")


def counted(each: Bin) -> str:
    """How many events a bin holds, in words."""
    events = "event" if each.possible == 1 else "events"
    if each.possible == each.sure:
        return f"{each.possible:,} {events}"
    return f"{each.possible:,} {events} possible, {each.sure:,} for sure"


def stretch(unit: str, each: Bin) -> str:
    """The stretch of a bin in words."""
    if unit in ("decade", "century"):
        return f"{each.start.year} to {each.end.year}"
    if unit == "quarter":
        return f"{_plainly(each.start, 'month')} to {_plainly(each.end, 'month')}"
    return _plainly(each.start, unit)


@lru_cache(maxsize=4096)
def _plainly(day: date, unit: str) -> str:
    """A day, its month or its year in words."""
    text = day.isoformat()
    cut = {"day": text, "month": text[:7], "year": text[:4]}[unit]
    return edtf.parse(cut).display().partition(" (")[0]
