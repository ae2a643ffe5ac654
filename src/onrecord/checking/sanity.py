"""What every part allows and the whole does not: words without evidence, second-hand words passed off as
first-hand.

Dates are judged in `chronology`, figures in `arithmetic`; `check` runs them all.
"""

from collections.abc import Iterator, Mapping

from onrecord.checking import arithmetic, chronology
from onrecord.findings import Finding, Place, Severity, ordered
from onrecord.model import Actor, Claim, Document, Register, SourceFile, Statement, Tenure
from onrecord.text import Capture

_EVIDENCED = ("claims", "figures", "provisions", "events", "citations")


def check(register: Register, captures: Mapping[str, Capture | None] | None = None) -> list[Finding]:
    """Findings OR4xx; with `captures` (by source slug) also whether a year that is *stated* is printed
    there.
    """
    findings: list[Finding] = []
    for source in register.sources:
        findings += _statements(register, source)
        findings += _evidence(register, source)
        findings += _repeated(register, source)
    findings += _told(register)
    findings += _dossiers(register)
    findings += _actors(register)
    findings += chronology.check(register, captures or {})
    findings += arithmetic.check(register)
    return ordered(findings)


def _finding(
    code: str, message: str, place: Place, hint: str | None = None, severity: Severity = "error"
) -> Finding:
    return Finding(code, message, place, severity, hint)


def _statements(register: Register, source: SourceFile) -> Iterator[Finding]:
    for statement in source.statements:
        yield from _mode(register, statement)
        yield from _hands(register, source, statement)
        place = register.place(statement.id, "capacity")
        entry = register.entries.get(statement.capacity or "")
        if entry and isinstance(entry.record, Tenure) and entry.record.holder != statement.speaker:
            message = f"`capacity` is held by `{entry.record.holder}`, the speaker is `{statement.speaker}`"
            yield _finding("OR402", message, place, "name the speaker's own tenure")
        if statement.about and statement.stance is None:
            place = register.place(statement.id)
            hint = "support, oppose, mixed, or neutral for a bare report"
            yield _finding("OR411", f"`{statement.id}` has no `stance`", place, hint, "warning")


def _mode(register: Register, statement: Statement) -> Iterator[Finding]:
    """What each mode must have and must not have."""
    quotes, passages = bool(statement.quotes), bool(statement.passages)
    wanted = {
        "direct": (True, False, "`quotes` and no `passages`"),
        "document": (True, False, "`quotes` and no `passages`"),
        "indirect": (False, True, "`passages`, a `description` and no `quotes`"),
        "mixed": (True, True, "`quotes`, `passages` and a `description`"),
    }[statement.mode]
    described = statement.description is not None or not wanted[1]
    if (quotes, passages) != wanted[:2] or not described:
        message = f"a statement of mode {statement.mode} has {wanted[2]}"
        yield _finding(
            "OR410", message, register.place(statement.id, "mode"), "change the mode or the evidence"
        )


def _hands(register: Register, source: SourceFile, statement: Statement) -> Iterator[Finding]:
    """Nobody's second-hand words appear as first-hand."""
    entry = register.entries.get(statement.relays or "")
    if (
        entry
        and isinstance(entry.record, Statement)
        and entry.source == source.id
        and not entry.record.reported_by
    ):
        place = register.place(statement.id, "relays")
        message = f"`{statement.relays}` is relayed here, but has no `reported_by`"
        yield _finding("OR418", message, place, f"its `reported_by` is perhaps {statement.speaker}")
    if statement.reported_by is None:
        return
    place = register.place(statement.id, "reported_by")
    if statement.reported_by == statement.speaker:
        yield _finding("OR419", "`reported_by` is the speaker", place, "leave it out for first-hand words")
    elif statement.reported_by in (source.publisher, source.id):
        hint = "it is for second-hand words only; the publisher is known anyway"
        yield _finding("OR419", "`reported_by` is the source itself", place, hint)


def _evidence(register: Register, source: SourceFile) -> Iterator[Finding]:
    """Everything that a source says is anchored in it."""
    for name in _EVIDENCED:
        for index, record in enumerate(getattr(source, name)):
            if not record.quotes and not record.passages:
                slug = getattr(record, "id", None)
                place = register.place(slug) if slug else register.place(source.id, name, index)
                message = f"nothing shows where `{source.id}` says this"
                yield _finding(
                    "OR415", message, place, "add `passages` with `find`, or `quotes` with `exact`"
                )


def _repeated(register: Register, source: SourceFile) -> Iterator[Finding]:
    """The same words at the same place in two statements of one source."""
    first: dict[tuple[int | None, int | None], str] = {}
    for statement in source.statements:
        for number, quote in enumerate(statement.quotes):
            before = first.setdefault((quote.start, quote.end), statement.id)
            if before != statement.id and quote.start is not None:
                place = register.place(statement.id, "quotes", number)
                message = f"`{before}` quotes the same words at the same place"
                yield _finding("OR412", message, place, "one statement a printing", "warning")


def _told(register: Register) -> Iterator[Finding]:
    """Events, provisions and tenures are told by a source, or by an outside document."""
    events = {account.event for source in register.sources for account in source.events}
    provisions = {account.provision for source in register.sources for account in source.provisions}
    tenures = {account.tenure for source in register.sources for account in source.offices}
    for dossier in register.dossiers:
        for event in dossier.events:
            if event.id not in events and not event.date.documents:
                message = f"no source tells the event `{event.id}`"
                hint = "add it to `events` of a source, or name the outside document in `date.documents`"
                yield _finding("OR424", message, register.place(event.id), hint)
    for provision in register.provisions:
        if provision.id not in provisions:
            message = f"no source tells the provision `{provision.id}`"
            hint = "add it to `provisions` of a source"
            yield _finding("OR425", message, register.place(provision.id), hint, "warning")
    for tenure in register.tenures:
        if tenure.id not in tenures and not tenure.date.documents:
            message = f"no source names the tenure `{tenure.id}`"
            hint = "add it to `offices` of a source, or name the outside document in `date.documents`"
            yield _finding("OR425", message, register.place(tenure.id), hint, "warning")


def _dossiers(register: Register) -> Iterator[Finding]:
    for dossier in register.dossiers:
        for claim in dossier.claims:
            yield from _outside(register, claim)
        for period in dossier.statuses:
            if not period.claims:
                message = f"no claim establishes `{period.id}`"
                yield _finding(
                    "OR416", message, register.place(period.id), "name them in `claims`", "warning"
                )
        for disagreement in dossier.disagreements:
            if len(set(disagreement.claims)) < 2:
                place = register.place(disagreement.id, "claims")
                yield _finding("OR417", "a disagreement has two claims or more", place, "name them all")
        for event in dossier.events:
            for index, part in enumerate(event.participants):
                entry = register.entries.get(part.capacity or "")
                if entry and isinstance(entry.record, Tenure) and entry.record.holder != part.actor:
                    place = register.place(event.id, "participants", index, "capacity")
                    message = (
                        f"`capacity` is held by `{entry.record.holder}`, the participant is `{part.actor}`"
                    )
                    yield _finding("OR402", message, place, "name the participant's own tenure")


def _outside(register: Register, claim: Claim) -> Iterator[Finding]:
    """A claim of a dossier is an outside document's; there is no capture to anchor it in."""
    if claim.document is None:
        message = f"the claim `{claim.id}` of a dossier names no `document`"
        hint = "claims of an article stand in its source file"
        yield _finding("OR415", message, register.place(claim.id), hint)
    if claim.quotes or claim.passages:
        message = f"the claim `{claim.id}` of a dossier has anchors, but no capture"
        yield _finding("OR415", message, register.place(claim.id), "move it to the source file")


def _actors(register: Register) -> Iterator[Finding]:
    mentioned = {mention.actor: source.id for source in register.sources for mention in source.mentions}
    named: tuple[Actor | Document, ...] = (*register.actors, *register.documents)
    for record in named:
        if record.outside and record.id in mentioned:
            message = f"`{record.id}` is marked `outside`, but {mentioned[record.id]} names it"
            yield _finding(
                "OR423", message, register.place(record.id, "outside"), "leave out `outside`", "warning"
            )
    for actor in register.actors:
        if actor.kind == "spokesperson" and actor.acts_for is None:
            message = f"the spokesperson `{actor.id}` acts for nobody"
            yield _finding("OR421", message, register.place(actor.id), "name the organisation in `acts_for`")


CODES: dict[str, str] = {
    "OR402": "A capacity is the tenure of somebody else.",
    "OR410": "A statement's mode does not fit its evidence: direct and document have quotes, indirect has "
    "passages "
    "and a description, mixed has all three.",
    "OR411": "Warning: a statement about something has no stance.",
    "OR412": "Warning: two statements of a source quote the same words at the same place.",
    "OR415": "A claim, figure, citation or account has no evidence.",
    "OR416": "Warning: no claim establishes a status period.",
    "OR417": "A disagreement has fewer than two claims.",
    "OR418": "A statement that another one relays does not say who reports it.",
    "OR419": "`reported_by` is the speaker, or the source itself.",
    "OR421": "A spokesperson acts for nobody.",
    "OR423": "Warning: an actor or document is marked as outside although a source names it.",
    "OR424": "No source and no outside document tells an event.",
    "OR425": "Warning: no source tells a provision or names a tenure.",
}
