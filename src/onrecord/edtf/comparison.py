"""Whether a date lies in an asked stretch of time: surely, possibly or not.

Both are exact for sets and masked digits: `156X-12-25` is not possible in the summer of 1565.
"""

import datetime as dt

from onrecord.edtf.day import Extent, as_day
from onrecord.edtf.extent import can_meet, must_lie_within
from onrecord.edtf.value import Edtf


def _asked(start: dt.date | None, end: dt.date | None) -> Extent:
    return as_day(start), as_day(end)


def sure(date: Edtf, start: dt.date | None, end: dt.date | None) -> bool:
    """Whether every day that the date can mean lies from `start` to `end`, both inclusive; None is unbounded.

    An open or unknown side of the date lies within an unbounded side only. Where start is after end, nothing
    does.
    """
    return must_lie_within(date.expression, _asked(start, end))


def possible(date: Edtf, start: dt.date | None, end: dt.date | None) -> bool:
    """Whether some day that the date can mean lies from `start` to `end`, both inclusive; None is unbounded.

    An open or unknown side of the date reaches infinitely far. Where start is after end, nothing does.
    """
    if start is not None and end is not None and start > end:
        return False
    return can_meet(date.expression, _asked(start, end))
