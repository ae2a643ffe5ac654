"""A chart of an answer where one fits: numbers by category, or by date. The table below it holds the same."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import streamlit as st

from parts.markup import brief, visible

_FEWEST, _MOST = 2, 40  # rows; more bars than that can't be told apart
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,9})?")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_BAR = "#0b6aa2"  # at least 3:1 against both backgrounds (WCAG 2.2, 1.4.11)
_HEIGHT = 26  # pixels a bar
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Plot:
    """What is drawn: a name and a number for each row; `dated` where the names are dates."""

    names: tuple[str, ...]
    numbers: tuple[float, ...]
    of: str
    by: str
    dated: bool


def of(columns: Sequence[str], rows: Sequence[Row]) -> Plot | None:
    """The chart that fits: one column of numbers beside one that names each row once; else None.

    rows: plain values, None where there is none.
    """
    if not _FEWEST <= len(rows) <= _MOST:
        return None
    read = {column: [row.get(column) for row in rows] for column in columns}
    numeric = [column for column, values in read.items() if all(_is_number(value) for value in values)]
    named = [column for column in columns if column not in numeric and _names(read[column])]
    dated = [column for column in named if all(_DATE.fullmatch(str(value)) for value in read[column])]
    years = [column for column in numeric if all(re.fullmatch(r"[12]\d{3}", str(v)) for v in read[column])]
    if not named and len(numeric) == 2 and len(years) == 1 and _names(read[years[0]]):
        named = dated = years
        numeric = [column for column in numeric if column not in years]
    if len(numeric) != 1 or not named:
        return None
    by = (dated or named)[0]
    pairs = [(str(name), float(str(number))) for name, number in zip(read[by], read[numeric[0]], strict=True)]
    if dated:
        pairs.sort()
    return Plot(tuple(n for n, _ in pairs), tuple(v for _, v in pairs), numeric[0], by, bool(dated))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) or bool(_NUMBER.fullmatch(str(value)))


def _names(values: Sequence[object]) -> bool:
    return all(value not in (None, "") for value in values) and len(set(map(str, values))) == len(values)


def draw(plot: Plot) -> None:
    """Bars with their numbers; each carries its words for screen readers."""
    shown = [brief(name, 60) for name in plot.names]
    values = [
        {"name": name, "number": number, "said": f"{name}: {number:,g}"}
        for name, number in zip(shown, plot.numbers, strict=True)
    ]
    st.altair_chart(_bars(plot, values), key="plot", theme=None, alt=_in_words(plot, shown))


def _bars(plot: Plot, values: list[dict[str, Any]]) -> alt.LayerChart | alt.FacetChart:
    ink = "#b9b1a3" if st.context.theme.type == "dark" else "#5d564b"
    axis = alt.Axis(
        labelColor=ink,
        labelFontSize=12,
        labelLimit=220,
        domain=False,
        ticks=False,
    )
    base = alt.Chart(alt.InlineData(values=values))
    y = alt.Y("name:N", title=None, sort=None, axis=axis)
    x = alt.X("number:Q", title=None, axis=None)
    tip = [alt.Tooltip("name:N", title=visible(plot.by)), alt.Tooltip("number:Q", title=visible(plot.of))]
    bars = base.mark_bar(color=_BAR, height={"band": 0.66}).encode(
        x=x, y=y, tooltip=tip, description=alt.Description("said:N")
    )
    text = base.mark_text(align="left", dx=5, color=ink, fontSize=12, aria=False).encode(
        x="number:Q", y=y, text=alt.Text("number:Q", format=",~r")
    )
    return alt.layer(bars, text).properties(
        width="container",
        height=_HEIGHT * len(values),
        background="transparent",
        usermeta={"embedOptions": {"renderer": "svg"}},
        config={"view": {"stroke": None}, "font": "Source Sans, sans-serif"},
    )


def _in_words(plot: Plot, shown: Sequence[str]) -> str:
    most = max(range(len(shown)), key=lambda place: plot.numbers[place])
    least = min(range(len(shown)), key=lambda place: plot.numbers[place])
    order = f"from {shown[0]} to {shown[-1]}, " if plot.dated else ""
    return (
        f"Bar chart of {visible(plot.of)} by {visible(plot.by)}: {len(shown)} bars, {order}"
        f"most {plot.numbers[most]:,g} ({shown[most]}), least {plot.numbers[least]:,g} ({shown[least]}). "
        "The table below holds the same."
    )
