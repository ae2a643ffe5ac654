"""Time on a drawing: which day stands where, and which days are written at the axis."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.edtf.day import MONTHS

_MOST_TICKS = 10
_YEARS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)
_MONTHS = (1, 2, 3, 6)
_DAYS = (1, 2, 7, 14)


@dataclass(frozen=True, slots=True)
class Scale:
    """Days from `start` to `end`, both whole, over `left` to `right` (pixels)."""

    start: date
    end: date
    left: float
    right: float

    def at(self, day: date, part: float = 0.0) -> float:
        """Where a day begins (`part` 0), or how much of it has gone by; never outside the drawing."""
        days = (self.end - self.start).days + 1
        place = self.left + (self.right - self.left) * ((day - self.start).days + part) / days
        return min(max(place, self.left), self.right)

    def ticks(self) -> Iterator[tuple[date, str]]:
        """Days to write at the axis with their words, at most a dozen."""
        days = (self.end - self.start).days
        if days > _MOST_TICKS * 62:
            yield from self._years(days / 365.25)
        elif days > _MOST_TICKS * 7:
            yield from self._months(days / 30.4)
        else:
            step = next((step for step in _DAYS if days / step <= _MOST_TICKS), _DAYS[-1])
            for number in range(0, days + 1, step):
                day = self.start + timedelta(days=number)
                yield day, f"{day.day} {MONTHS[day.month - 1][:3]}"

    def _years(self, years: float) -> Iterator[tuple[date, str]]:
        step = next((step for step in _YEARS if years / step <= _MOST_TICKS + 2), _YEARS[-1])
        first = -(-self.start.year // step) * step
        for year in range(first, self.end.year + 1, step):
            if year > 0 and date(year, 1, 1) >= self.start:
                yield date(year, 1, 1), str(year)

    def _months(self, months: float) -> Iterator[tuple[date, str]]:
        step = next((step for step in _MONTHS if months / step <= _MOST_TICKS + 2), _MONTHS[-1])
        for number in range(self.start.year * 12, self.end.year * 12 + 12, step):
            day = date(number // 12, number % 12 + 1, 1)
            if self.start <= day <= self.end:
                yield day, str(day.year) if day.month == 1 else MONTHS[day.month - 1][:3]
