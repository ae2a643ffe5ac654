"""What the author of a malformed date most likely meant, where that can be said without guessing.

Every suggestion is itself valid EDTF and claims no more than was written: two-digit years, `03/04/2018` and
words such as "yesterday" get a message instead.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator

from onrecord.edtf.day import MONTHS
from onrecord.edtf.error import Fault
from onrecord.edtf.reader import MAX_LENGTH, read

_MONTH_NUMBERS = {
    name[:length].lower(): number for number, name in enumerate(MONTHS, 1) for length in (3, len(name))
}
_MONTH_NUMBERS["sept"] = 9
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTH_NUMBERS, key=len, reverse=True))})\.?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[0-9]{4})"
_ENGLISH = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_WEEKDAY}(?:the\s+)?{_DAY}(?:\s+of)?[\s-]+{_MONTH},?[\s-]+{_YEAR}",
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        rf"{_MONTH},?[\s-]+{_YEAR}",
    )
)
_PARTS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "q1": 33, "q2": 34, "q3": 35, "q4": 36}
_PART_FIRST = re.compile(rf"(?:the\s+)?({'|'.join(_PARTS)})(?:\s+of)?[\s,]+{_YEAR}", re.IGNORECASE)
_PART_LAST = re.compile(rf"{_YEAR}[\s-]*(q[1-4])", re.IGNORECASE)
_APPROXIMATE = re.compile(
    r"(?:circa|ca?\.?|about|around|approx(?:imately|\.)?|roughly)\s*(?=[0-9a-z])(.+)", re.IGNORECASE
)
_UNCERTAIN = re.compile(
    r"(?:possibly|perhaps|probably|maybe)\s+(.+)|(.+?)\s*\(\?\)|(.+?)\s+\?", re.IGNORECASE
)
_LOOSE = re.compile(
    r"(?:on|in|during|sometime in|some time in|early(?: in)?|mid|late(?: in)?"
    r"|(?:the )?(?:start|beginning|middle|end) of)"
    r"[\s-]+(?:the\s+)?(.+)",
    re.IGNORECASE,
)
_SHARED = (re.compile(rf"\s+{_YEAR}$"), re.compile(rf"\s+{_MONTH}\s+{_YEAR}$", re.IGNORECASE))
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")


def suggest(text: str, fault: Fault) -> tuple[str, str | None]:
    """A message for the fault, and a valid text that the author may have meant, or None."""
    if len(text) > MAX_LENGTH:
        return fault.message, None
    for candidate in _candidates(text):
        if candidate != text and _valid(candidate):
            return fault.message, candidate
    return _advice(text) or fault.message, None


def _valid(text: str) -> bool:
    try:
        read(text)
    except Fault:
        return False
    return True


def _candidates(text: str) -> Iterator[str]:
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES).strip()
    yield plain
    for rewrite in _REWRITES:
        candidate = rewrite(plain)
        if candidate is not None:
            yield candidate


def _converted(text: str) -> str | None:
    """The text as EDTF: itself, or what one of the wordings below makes of it."""
    text = text.strip()
    if _valid(text):
        return text
    for rewrite in (_digits, _english, _part_of_year, _decade):
        candidate = rewrite(text)
        if candidate is not None and _valid(candidate):
            return candidate
    return None


def _digits(text: str) -> str | None:
    """`2018-5-9`, `2018/05/09`, `2018.5.9`, `20180509`, `25/12/2018`, `2018-31-05`."""
    joined = re.fullmatch(r"([0-9]{4})([0-9]{2})([0-9]{2})?", text)
    if joined:
        return "-".join(part for part in joined.groups() if part)
    parts = re.fullmatch(r"([0-9]{4})([-/. ])([0-9]{1,2})(?:\2([0-9]{1,2}))?([?~%]?)", text)
    if parts:
        year, _, month, day, mark = parts.groups()
        if day and int(month) > 12:
            month, day = day, month
        return "-".join([year, month.zfill(2), *([day.zfill(2)] if day else [])]) + mark
    ending = re.fullmatch(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})", text)
    if ending:
        one, _, two, year = ending.groups()
        if one == two or int(one) > 12 or int(two) > 12:  # else day and month can't be told apart
            month, day = sorted((one, two), key=int)
            return f"{year}-{month.zfill(2)}-{day.zfill(2)}"
    return None


def _english(text: str) -> str | None:
    """`9 May 2018`, `Wednesday, May 9th, 2018`, `May 2018`."""
    for pattern in _ENGLISH:
        found = pattern.fullmatch(text)
        if found:
            parts = found.groupdict()
            written = f"{parts['year']}-{_MONTH_NUMBERS[parts['month'].lower()]:02}"
            return f"{written}-{int(parts['day']):02}" if parts.get("day") else written
    return None


def _part_of_year(text: str) -> str | None:
    """`spring 2018`, `Q2 2018`, `2018-Q2`; not winter, which two years share."""
    first = _PART_FIRST.fullmatch(text)
    if first:
        return f"{first['year']}-{_PARTS[first[1].lower()]}"
    last = _PART_LAST.fullmatch(text)
    return f"{last['year']}-{_PARTS[last[2].lower()]}" if last else None


def _decade(text: str) -> str | None:
    """`the 2010s`; not `the 2000s`, which may be a century."""
    found = re.fullmatch(r"(?:[Tt]he\s+)?([0-9]{2}[1-9])0'?s", text)
    return f"{found[1]}X" if found else None


def _marked(text: str) -> str | None:
    """`c. 2018`, `about May 2018`, `possibly 2017`, `2017 (?)`."""
    for pattern, mark in ((_APPROXIMATE, "~"), (_UNCERTAIN, "?")):
        found = pattern.fullmatch(text)
        if found:
            date = _converted(next(group for group in found.groups() if group))
            return None if date is None or not re.fullmatch(r"[0-9X-]+", date) else date + mark
    return None


def _range(text: str) -> str | None:
    """`from May 2018 to November 2018`, `2016-2018`, `between 24 January 2017 and 26 January 2017`."""
    between = re.fullmatch(r"between\s+(.+?)\s+and\s+(.+)", text, re.IGNORECASE)
    worded = re.fullmatch(r"(?:from\s+)?(.+?)\s+(?:to|until|till|-)\s+(.+)", text, re.IGNORECASE)
    years = re.fullmatch(r"([0-9]{4})-([0-9]{4})", text)
    found = between or worded or years
    if found is None:
        return None
    start, end = _start_of_range(found[1], found[2]), _converted(found[2])
    if start is None or end is None or "/" in start + end:
        return None
    return f"[{start}..{end}]" if between else f"{start}/{end}"


def _start_of_range(start: str, end: str) -> str | None:
    """The first end of a range; in `9 and 15 May 2018` the month and year of the second hold for it too."""
    tails = [tail[0] for pattern in _SHARED if (tail := pattern.search(end))]
    return next((date for tail in ["", *tails] if (date := _converted(start + tail))), None)


def _loose(text: str) -> str | None:
    """`on 9 May 2018`, `sometime in May 2018`, `late 2017`: the day, month or year without the word."""
    found = _LOOSE.fullmatch(text)
    return _converted(found[1]) if found else None


def _since(text: str) -> str | None:
    found = re.fullmatch(r"since\s+(.+)", text, re.IGNORECASE)
    start = _converted(found[1]) if found else None
    return None if start is None or "/" in start else f"{start}/.."


def _swapped(text: str) -> str | None:
    """An interval or range whose ends stand in the wrong order."""
    interval = re.fullmatch(r"([^/]+)/([^/]+)", text)
    if interval and ".." not in text:
        return f"{interval[2]}/{interval[1]}"
    found = re.fullmatch(r"([\[{])([^.,]+)\.\.([^.,]+)([\]}])", text)
    return f"{found[1]}{found[3]}..{found[2]}{found[4]}" if found else None


def _padded_interval(text: str) -> str | None:
    """An interval whose ends need mending each for itself: `2018-5/2018-11`, `2018-05/open`."""
    start, slash, end = text.partition("/")
    if not slash or "/" in end:
        return None
    words = {"open": "..", "unknown": "", "..": "..", "": ""}
    ends = [words.get(part.strip().lower(), _converted(part)) for part in (start, end)]
    return None if None in ends else f"{ends[0]}/{ends[1]}"


def _clock(text: str) -> str | None:
    """`1985-04-12 23:20:30`, with a fraction of a second, or without seconds (then the date alone)."""
    found = re.fullmatch(
        r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2})(?:(:[0-9]{2})(?:[.,][0-9]+)?)?"
        r"([Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)?",
        text,
    )
    if not found:
        return None
    date, time, seconds, shift = found.groups()
    if seconds is None:
        return date
    shift = re.sub(r"([+-][0-9]{2}):?([0-9]{2})", r"\1:\2", (shift or "").upper())
    return f"{date}T{time}{seconds}{'Z' if shift == '-00:00' else shift}"


def _spelling(text: str) -> str | None:
    """Signs of earlier drafts and slips of the hand: `199u`, `2004?~`, `Y2018` or `[1667, 1668]`."""
    text = re.sub(r"\s+", "", text)
    text = re.sub(r"\?~|~\?", "%", text)
    text = re.sub(r"([?~%])\1+", r"\1", text)
    text = re.sub(r"^Y(-?)0*([0-9]{4})(?![0-9ES])", r"\1\2", text.upper()) if text[:1] in ("y", "Y") else text
    text = re.sub(r"^-0000", "0000", text)
    return re.sub(
        r"(?<![A-Za-z])[0-9xuXU-]+(?![A-Za-z])", lambda found: found[0].upper().replace("U", "X"), text
    )


_REWRITES: tuple[Callable[[str], str | None], ...] = (
    _digits,
    _english,
    _part_of_year,
    _decade,
    _marked,
    _clock,
    _loose,
    _range,
    _since,
    _padded_interval,
    _spelling,
    _swapped,
)

_ADVICE = (
    (
        r"[0-9]{1,2}([-/.])[0-9]{1,2}\1[0-9]{4}",
        "day and month can't be told apart; write year, month, day: YYYY-MM-DD",
    ),
    (r"[0-9]{1,2}([-/.])[0-9]{1,2}\1[0-9]{2}", "a year has four digits; write year, month, day: YYYY-MM-DD"),
    (
        r"(?i)(before|by|until|till|up to|after)\s.+",
        "'..' is an open end, nothing an unknown one: a stretch until 2017 is ../2017, a moment [..2017]",
    ),
    (r"(?i)(the\s+)?winter\b.*", "two years share a winter; write its months, such as 2017-12/2018-02"),
    (
        r"(?i)(today|yesterday|tomorrow|now|(last|this|next|on)\s+\w+|(mon|tues|wednes|thurs|fri|satur|sun)day)",
        "a day named from another day; work it out from the source's own date and write YYYY-MM-DD",
    ),
    (
        r"(?i)(unknown|undated|none|null|n\.?\s?d\.?|not known|not stated|-+|\?+)",
        "leave the date out where nothing is known",
    ),
)


def _advice(text: str) -> str | None:
    """A better message for texts that must not be guessed at."""
    return next((advice for pattern, advice in _ADVICE if re.fullmatch(pattern, text.strip())), None)
