"""Dates that cannot be: surely outside what they belong to, more precise than their evidence, without their
basis.
"""

import re
from collections.abc import Iterator, Mapping

from onrecord.edtf import Edtf, bounds_of, parse, possible
from onrecord.findings import Finding, Place
from onrecord.model import Dating, Event, Record, Register, SourceFile, StatusPeriod, Tenure
from onrecord.text import Capture

Path = tuple[str | int, ...]


def check(register: Register, captures: Mapping[str, Capture | None]) -> list[Finding]:
    """Findings about dates; `captures` by source slug, to see whether a stated year is printed."""
    findings: list[Finding] = []
    for owner, path, dating, source in _datings(register):
        place = register.place(owner, *path)
        findings += _basis(dating, place)
        if source is not None:
            findings += _printed(dating, place, captures.get(source.id))
            findings += _relative(dating, place, source, path)
    for source in register.sources:
        findings += _statements(register, source)
        findings += _claims(register, source)
    for dossier in register.dossiers:
        for event in dossier.events:
            findings += _part(register, event)
        findings += _periods(register, dossier.statuses)
    return findings


def _datings(register: Register) -> Iterator[tuple[str, Path, Dating, SourceFile | None]]:
    """Every date with the record that owns its place and the source that gives it."""
    for records in (register.actors, register.tenures, register.documents, register.provisions):
        for record in records:
            yield from _inside(record.id, (), record, None)
    for source in register.sources:
        yield from _inside(source.id, (), source, source)
    for dossier in register.dossiers:
        yield from _inside(dossier.id, (), dossier, None)


def _inside(
    owner: str, path: Path, record: Record, source: SourceFile | None
) -> Iterator[tuple[str, Path, Dating, SourceFile | None]]:
    for name in type(record).model_fields:
        value = getattr(record, name)
        if isinstance(value, Dating):
            yield owner, (*path, name), value, source
        elif isinstance(value, Record):
            yield from _inside(owner, (*path, name), value, source)
        elif isinstance(value, tuple) and value and isinstance(value[0], Record):
            for index, item in enumerate(value):
                slug = getattr(item, "id", None)
                if slug:
                    yield from _inside(slug, (), item, source)
                else:
                    yield from _inside(owner, (*path, name, index), item, source)


def _basis(dating: Dating, place: Place) -> Iterator[Finding]:
    if dating.basis == "outside" and not dating.documents:
        hint = "name the outside document in `documents`"
        yield Finding("OR408", "a date from outside names no document", place, hint=hint)


def _printed(dating: Dating, place: Place, capture: Capture | None) -> Iterator[Finding]:
    """A stated year is printed in the source."""
    if dating.basis != "stated" or dating.when is None or capture is None:
        return
    missing = [year for year in _years(dating.when) if year not in capture.text]
    if missing:
        message = f"the date is *stated*, but {capture.file} does not print {' or '.join(missing)}"
        yield Finding("OR409", message, place, hint="relative, inferred or outside?")


def _years(when: str) -> list[str]:
    return sorted(set(re.findall(r"(?<!\d)\d{4}(?!\d)", when)))


def _relative(dating: Dating, place: Place, source: SourceFile, path: Path) -> Iterator[Finding]:
    """A relative date hangs on the date that the source itself prints."""
    if dating.basis != "relative" or dating.when is None:
        return
    if path == ("published",):
        message = "the publication date cannot be relative to itself"
        yield Finding("OR413", message, place, hint="stated, inferred or outside?")
    elif source.published.when is None or source.published.basis != "stated":
        message = f"the date is *relative*, but `{source.id}` prints no date of its own"
        hint = "outside, with the document that dates the source; or inferred"
        yield Finding("OR413", message, place, hint=hint)


def _disjoint(one: Dating | None, other: Dating | None) -> bool:
    """Whether two dates surely share no day."""
    if one is None or other is None or one.when is None or other.when is None:
        return False
    first, last = bounds_of(other.when)
    return not possible(parse(one.when), first, last)


def _statements(register: Register, source: SourceFile) -> Iterator[Finding]:
    for statement in source.statements:
        place = register.place(statement.id, "date")
        entry = register.entries.get(statement.capacity or "")
        if entry and isinstance(entry.record, Tenure) and _disjoint(statement.date, entry.record.date):
            held = entry.record.date.when
            message = f"said {statement.date.when} in the capacity of `{statement.capacity}`, held {held}"
            yield Finding("OR401", message, place, "warning", "another tenure, or another date?")
        if _after(statement.date, source.published):
            message = f"said {statement.date.when}, after its source was published ({source.published.when})"
            yield Finding("OR414", message, place, "warning", "one of the two dates must be wrong")


def _after(one: Dating, other: Dating) -> bool:
    """Whether a date is surely after another."""
    if one.when is None or other.when is None:
        return False
    earliest, latest = bounds_of(one.when)[0], bounds_of(other.when)[1]
    return earliest is not None and latest is not None and earliest > latest


def _claims(register: Register, source: SourceFile) -> Iterator[Finding]:
    for claim in source.claims:
        if claim.aspect == "status" and (claim.date is None or claim.date.when is None):
            message = f"the claim `{claim.id}` of a status has no date"
            hint = "when is the status said to hold? Give `date` with its basis"
            yield Finding("OR405", message, register.place(claim.id), "warning", hint)


def _part(register: Register, event: Event) -> Iterator[Finding]:
    entry = register.entries.get(event.part_of or "")
    if entry and isinstance(entry.record, Event) and _disjoint(event.date, entry.record.date):
        message = f"`{event.id}` ({event.date.when}) is part of `{event.part_of}` ({entry.record.date.when})"
        hint = "a part lies within its whole"
        yield Finding("OR403", message, register.place(event.id, "date"), "warning", hint)


def _periods(register: Register, periods: tuple[StatusPeriod, ...]) -> Iterator[Finding]:
    for period in periods:
        for name in ("opened_by", "closed_by"):
            entry = register.entries.get(getattr(period, name) or "")
            if entry and isinstance(entry.record, Event) and _disjoint(_end(period, name), entry.record.date):
                said = "starts" if name == "opened_by" else "ends"
                message = f"`{period.id}` {said} otherwise than its event ({entry.record.date.when})"
                place = register.place(period.id, name)
                yield Finding("OR407", message, place, "warning", "let the dates agree")
    for number, one in enumerate(periods):
        for other in periods[:number]:
            if _collide(one, other):
                message = (
                    f"by {one.according_to}, `{one.instrument}` is {one.status} and {other.status} at once"
                )
                hint = f"see `{other.id}`; close the earlier period, or name another account"
                yield Finding("OR406", message, register.place(one.id, "date"), "warning", hint)


def _end(period: StatusPeriod, name: str) -> Dating | None:
    """The date of a period's start or end; None where it is open or unknown."""
    first, slash, last = (period.date.when or "").partition("/")
    text = first if name == "opened_by" else last
    if not slash or text in ("", ".."):
        return None
    return Dating(when=text, basis=period.date.basis)


def _collide(one: StatusPeriod, other: StatusPeriod) -> bool:
    """Whether one account gives an instrument two states on more than one and the same day."""
    if (one.instrument, one.according_to) != (
        other.instrument,
        other.according_to,
    ) or one.status == other.status:
        return False
    if one.date.when is None or other.date.when is None:
        return False
    earlier, later = sorted((parse(one.date.when), parse(other.date.when)), key=lambda date: date.sort_key)
    return _overlap(earlier, later)


def _overlap(earlier: Edtf, later: Edtf) -> bool:
    if earlier.earliest is None or later.earliest is None or earlier.unknown_end:
        return False
    return earlier.latest is None or earlier.latest > later.earliest


CODES: dict[str, str] = {
    "OR401": "Warning: a statement is dated outside the tenure in whose capacity it was made.",
    "OR403": "Warning: an event is dated outside the event that it is part of.",
    "OR405": "Warning: a claim of a status has no date.",
    "OR406": "Warning: one account gives an instrument two states at the same time.",
    "OR407": "Warning: a status period starts or ends otherwise than the event that opens or closes it.",
    "OR408": "A date from outside names no document.",
    "OR409": "A date is said to be stated, but its year is not printed in the source.",
    "OR413": "A date is said to be relative, but the source prints no date that it could be relative to.",
    "OR414": "Warning: a statement is dated after the publication of its source.",
}
