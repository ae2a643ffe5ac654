"""One moment in plain English, never more precise than its text."""

from dataclasses import dataclass
from typing import NamedTuple

from onrecord.edtf.day import MONTHS
from onrecord.edtf.expression import CalendarDate, LongYear, Mark, Moment, SeasonOfYear
from onrecord.edtf.extent import SEASONS, fitting, meant_years, years_of

LOCALES = ("en-GB", "en-US")


@dataclass(frozen=True, slots=True)
class Style:
    """How dates are worded: the day before the month or after it, in full or in few characters."""

    day_first: bool = True
    brief: bool = False

    def month(self, number: int) -> str:
        """The month's name, cut to three letters where brief."""
        return MONTHS[number - 1][:3] if self.brief else MONTHS[number - 1]


def style_for(locale: str) -> Style:
    """The style of a locale; `ValueError` for one that we have no wording for."""
    if locale not in LOCALES:
        raise ValueError(f"no wording of dates for the locale {locale!r}; there are {', '.join(LOCALES)}")
    return Style(day_first=locale == "en-GB")


class Phrase(NamedTuple):
    """The words of a moment, and what its text leaves out: `""`, `day`, or `day and month`."""

    words: str
    left_out: str = ""


def any_of(items: list[str], word: str = "or") -> str:
    """`a`, `a or b`, `a, b or c`."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {word} {items[-1]}"


def year_words(year: int) -> str:
    """A year in words: `2018`, `AD 476`, `44 BC` (astronomical −43), `the year 170,000,002`."""
    if year > 9999 or year < -9998:
        return f"the year {year:,}".replace("-", "−")
    if year < 1:
        return f"{1 - year} BC"
    return str(year) if year > 999 else f"AD {year}"


def estimate_words(year: int, significant: int, style: Style) -> str:
    """A year of which only some digits are meant."""
    low, high = meant_years(year, significant)
    if low == high:
        return year_words(year)
    low_words, high_words, year_in_words = (
        year_words(number).removeprefix("the year ") for number in (low, high, year)
    )
    if style.brief:
        return f"{low_words}–{high_words} (est. {year_in_words})"
    return f"some year from {low_words} to {high_words}, estimated {year_in_words}"


def _masked_year(year: str, style: Style) -> tuple[str, str]:
    """The words for a year with masked digits: standing alone, and after `of`."""
    digits = year.lstrip("-")
    known = digits.partition("X")[0]
    if set(digits[len(known) :]) != {"X"}:
        return (year, year) if style.brief else (f"a year that fits {year}", f"some year that fits {year}")
    candidates = years_of(year)
    first, last = year_words(candidates[0]), year_words(candidates[-1])
    if len(known) == 3 and not known.endswith("0") and first.isdigit():
        return (f"{first}s", f"{first}s") if style.brief else (f"the {first}s", f"some year in the {first}s")
    if style.brief:
        return f"{first}–{last}", f"{first}–{last}"
    return f"the years {first} to {last}", f"some year from {first} to {last}"


def with_year(words: str, year: str, style: Style, joiner: str = " ") -> str:
    """Words for a part of a year, followed by the year as far as it is known; no words: the year alone."""
    if "X" not in year:
        return f"{words}{joiner}{year_words(int(year))}" if words else year_words(int(year))
    if year.lstrip("-") == "XXXX":
        missing = "year ?" if style.brief else "year not stated"
        return f"{words}, {missing}" if words else missing
    alone, within = _masked_year(year, style)
    if not words:
        return alone
    return f"{words} {within}" if style.brief else f"{words} of {within}"


def _month_phrase(date: CalendarDate, style: Style) -> Phrase:
    month = date.month or ""
    if "X" not in month:
        return Phrase(with_year(style.month(int(month)), date.year, style), "day")
    names = [style.month(number) for number in fitting(month, 1, 12)]
    if len(names) == 12:
        words = "" if style.brief else "some month"
        return Phrase(with_year(words, date.year, style, " in "))
    return Phrase(with_year("/".join(names) if style.brief else any_of(names), date.year, style), "day")


def _single_month_day(date: CalendarDate, style: Style) -> Phrase:
    """A day, some of whose digits may be masked, in a month that is known."""
    name, day = style.month(int(date.month or "")), date.day or ""
    days = [str(number) for number in fitting(day, 1, 31)]
    if len(days) == 31:
        return Phrase(with_year(name if style.brief else f"some day in {name}", date.year, style))
    consecutive = len(days) > 1 and int(days[-1]) - int(days[0]) == len(days) - 1
    if consecutive:
        choice = f"{days[0]}–{days[-1]}" if style.brief else f"{days[0]} and {days[-1]}"
    else:
        choice = "/".join(days) if style.brief else any_of(days)
    words = f"{choice} {name}" if style.day_first else f"{name} {choice}"
    whole = with_year(words, date.year, style, " " if style.day_first else ", ")
    if consecutive and not style.brief:
        return Phrase(f"between {whole} (one day, not known which)")
    return Phrase(whole)


def _day_phrase(date: CalendarDate, style: Style) -> Phrase:
    month, day = date.month or "", date.day or ""
    if "X" not in month:
        return _single_month_day(date, style)
    months = [style.month(number) for number in fitting(month, 1, 12)]
    if style.brief:
        return Phrase(with_year("" if len(months) == 12 else "/".join(months), date.year, style))
    days = fitting(day, 1, 31)
    if len(months) == 12:
        words, joiner = (
            ("some day", " in ") if len(days) == 31 else (_day_number(days) + " of some month", " in ")
        )
    else:
        joiner = " "
        words = ("some day in " if len(days) == 31 else _day_number(days) + " of ") + any_of(months)
    return Phrase(with_year(words, date.year, style, joiner))


def _day_number(days: list[int]) -> str:
    return f"day {any_of([str(day) for day in days])}"


def _clock_words(clock: str, style: Style) -> str:
    time, shift = clock[:8], clock[8:]
    if style.brief:
        return f", {time[:5]}"
    return f", {time}" + (" UTC" if shift == "Z" else f" (UTC{shift})" if shift else "")


def _season_phrase(moment: SeasonOfYear, style: Style) -> Phrase:
    code, year = moment.code, moment.year
    if code >= 33:
        return Phrase(_part_words(code, year, style))
    name = ("spring", "summer", "autumn", "winter")[(code - 21) % 4]
    words = with_year(name, year, style)
    if SEASONS[code][0] == 12 and "X" not in year and int(year) > 999:
        following = int(year) + 1
        words += f"–{following % 100:02}" if following % 100 else f"–{following}"
    if code >= 25:
        side = "northern" if code < 29 else "southern"
        words += f" ({side[0].upper()})" if style.brief else f" ({side} hemisphere)"
    return Phrase(words)


def _part_words(code: int, year: str, style: Style) -> str:
    ordinal = ("first", "second", "third", "fourth")
    if code <= 36:
        brief, words = f"Q{code - 32}", f"{ordinal[code - 33]} quarter"
    elif code <= 39:
        brief, words = ("Jan–Apr", "May–Aug", "Sep–Dec")[code - 37], f"{ordinal[code - 37]} four months"
    else:
        brief, words = f"H{code - 39}", f"{ordinal[code - 40]} half"
    return with_year(brief, year, style) if style.brief else with_year(words, year, style, " of ")


def phrase(moment: Moment, style: Style) -> Phrase:
    """The words of a moment without its marks."""
    if isinstance(moment, SeasonOfYear):
        return _season_phrase(moment, style)
    if isinstance(moment, LongYear):
        words = year_words(moment.year)
        significant = moment.significant
        return Phrase(words if significant is None else estimate_words(moment.year, significant, style))
    if moment.significant is not None:
        return Phrase(estimate_words(int(moment.year), moment.significant, style))
    if moment.month is None:
        return Phrase(with_year("", moment.year, style), "" if "X" in moment.year else "day and month")
    if moment.day is None:
        return _month_phrase(moment, style)
    found = _day_phrase(moment, style)
    return Phrase(found.words + _clock_words(moment.clock, style)) if moment.clock else found


def _mark_words(mark: Mark) -> str:
    return any_of([name for name in ("uncertain", "approximate") if getattr(mark, name)], "and")


def marked(moment: Moment, words: str) -> tuple[str, str]:
    """The words with the marks of the whole before them, and a note on marks of single components."""
    marks = moment.marks
    if all(mark == marks[0] for mark in marks):
        about = "about " if marks[0].approximate else ""
        return ("possibly " if marks[0].uncertain else "") + about + words, ""
    names = ("year", "season" if isinstance(moment, SeasonOfYear) else "month", "day")
    notes: list[str] = []
    for mark in (Mark(True, True), Mark(True, False), Mark(False, True)):
        parts = [name for name, own in zip(names, marks, strict=False) if own == mark]
        if parts:
            notes.append(f"{any_of(parts, 'and')} {_mark_words(mark)}")
    return words, ", ".join(notes)


def marked_briefly(moment: Moment, words: str) -> str:
    """`c.` before an approximate date, `?` after an uncertain one, whichever component carries the mark."""
    approximate = any(mark.approximate for mark in moment.marks)
    uncertain = any(mark.uncertain for mark in moment.marks)
    return ("c. " if approximate else "") + words + ("?" if uncertain else "")
