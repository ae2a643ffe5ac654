"""How finely a date is known, as a reader sees it at a glance, and what of a period is certain."""

import datetime as dt
from collections.abc import Mapping

from onrecord.edtf.value import Edtf, parse

GRAINS: Mapping[str, str] = {
    "day": "day known",
    "days": "one of several days",
    "month": "month or longer, day not known",
    "before": "that day or earlier",
    "after": "that day or later",
    "period": "lasts through a period",
}
"""How finely a date is known → what a reader is told."""


def grain(day: Edtf) -> str:
    """The key of `GRAINS` that a date belongs to."""
    if day.kind == "interval":
        return "period"
    if day.earliest is None or day.latest is None:
        return "before" if day.earliest is None else "after"
    if day.earliest == day.latest:
        return "day"
    return "days" if day.precision == "day" else "month"


def certain_part(day: Edtf) -> tuple[dt.date, dt.date] | None:
    """The days on which something of a period was going on for sure, whatever its ends mean; None if none."""
    start, _, end = day.text.partition("/")
    if not start.strip(".") or not end.strip("."):
        return None
    first, last = parse(start).latest, parse(end).earliest
    return (first, last) if first and last and first <= last else None
