"""A slider over months with two ends, which the address holds as `from` and `to`."""

from collections.abc import Iterable
from functools import partial
from typing import Any

import streamlit as st

from onrecord import edtf
from parts import address, dates, fields

_KEY = "field-months"


def between(days: Iterable[str]) -> list[str]:
    """All months, `2018-01`, from the first to the last of these days."""
    known = sorted(days)
    if not known:
        return []
    (year, month), last = (int(part) for part in known[0].split("-")[:2]), known[-1][:7]
    months = []
    while (text := f"{year:04d}-{month:02d}") <= last:
        months.append(text)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return months


def slider(label: str, months: list[str], drop: tuple[str, ...] = ()) -> None:
    """The slider; nothing where there is one month or none. A day of the address stands for its month."""
    if len(months) < 2:
        return
    start, end = _end("from", months, months[0]), _end("to", months, months[-1])
    fields.hold(_KEY, (start, max(start, end)), asks=partial(_asked, months, drop))
    st.select_slider(
        label,
        months,
        (months[0], months[-1]),
        key=_KEY,
        format_func=dates.briefly,
    )


def _end(name: str, months: list[str], otherwise: str) -> str:
    """The month on the slider of an end in the address."""
    try:
        date = edtf.parse(address.given(name))
    except edtf.EdtfError:
        return otherwise
    day: Any = date.earliest if name == "from" else date.latest
    return min(max(day.isoformat()[:7], months[0]), months[-1]) if day else otherwise


def _asked(months: list[str], drop: tuple[str, ...], ends: Any) -> fields.Change:
    """An end of the slider that stands at its very end asks for nothing."""
    start, end = ends
    return {"from": "" if start == months[0] else start, "to": "" if end == months[-1] else end}, drop
