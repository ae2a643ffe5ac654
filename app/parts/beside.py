"""What stands beside a statement: the log of corrections, other tellings, what is said against it."""

from collections.abc import Mapping, Sequence

from onrecord.analysis import counterparts
from parts import address, dates, record
from parts.markup import anchor, brief, plain, words
from parts.record import Row

_MOST_READ = 2_000  # statements
DONE: Mapping[str, str] = {"correct": "Corrected", "retract": "Retracted"}


def entries(slug: str) -> list[Row]:
    """The entries of the correction log about a record, in order."""
    return [row for row in record.ask("corrections").rows if row["record"] == slug]


def is_retracted(slug: str) -> bool:
    """Whether the record was taken back."""
    return any(row["kind"] == "retract" for row in entries(slug))


def log(slug: str) -> str:
    """What was corrected or taken back, when and why; empty where nothing was."""
    found = entries(slug)
    items = "".join(map(_entry, found))
    warned = (
        "<p>It is left out of lists, and stays here so that what was cited can be found.</p>"
        if is_retracted(slug)
        else ""
    )
    return f'<div class="or-log" role="note">{items}{warned}</div>' if items else ""


def _entry(row: Row) -> str:
    done = plain(DONE.get(row["kind"], words(row["kind"])))
    number = f'<span class="or-note">(entry {row["number"]} of the correction log)</span>'
    when = plain(dates.in_words(row["when"]))
    return f'<p><b class="or-said">{done}</b>, {when}: {plain(row["reason"])} {number}</p>'


def lines(row: Row) -> str:
    """Short lines on a card that lead to the statement's own page and to disagreements."""
    page = address.link("statement", id=row["statement"])
    told = [_told(row, page), _against(row, page), *map(_dispute, disputes(row))]
    items = "".join(f"<li>{line}</li>" for line in told if line)
    return f'<ul class="or-beside" aria-label="Beside it on record">{items}</ul>' if items else ""


def tellings(row: Row) -> list[Row]:
    """Other printings of the same utterance."""
    return counterparts.tellings(row, _every() if _few() else _printings(row))


def opposed(row: Row) -> list[counterparts.Opposed]:
    """Statements of the other stance on a topic of this one."""
    against = counterparts.OPPOSITES.get(row["stance"] or "")
    if against is None:
        return []
    if _few():
        return counterparts.opposed(row, _every())
    asked = [{"about": topic, "stance": against} for topic in row["about"] or ()]
    found = [each for one in asked for each in record.ask("who-said-what", one).rows]
    rows = {(each["statement"], each["source"]): each for each in found}
    return counterparts.opposed(row, rows.values())


def _few() -> bool:
    """Whether all statements are read at once, which is quickest up to some thousands, and kept."""
    return record.manifest().counts.get("statement", 0) <= _MOST_READ


def _every() -> Sequence[Row]:
    return record.ask("who-said-what").rows


def _printings(row: Row) -> list[Row]:
    """The statement and every printing of the same utterance that stands, each asked for by itself."""
    found: list[Row] = []
    known: set[str] = set()
    waiting = {row["statement"]}
    while waiting:
        known |= waiting
        standing = [slug for slug in sorted(waiting) if slug == row["statement"] or not is_retracted(slug)]
        rows = [each for slug in standing for each in record.ask("who-said-what", {"statement": slug}).rows]
        found += rows
        waiting = {slug for each in rows for slug in each["same_utterance"]} - known
    return found


def disputes(row: Row) -> list[Row]:
    """Disagreements that one of its words' claims is part of."""
    return counterparts.disputes(row, record.ask("disagreements").rows)


def alike(one: Row, other: Row) -> str:
    """How another telling's words compare with this one's."""
    if one["text_is"] != "printed" or other["text_is"] != "printed":
        return "told without the same printed words"
    mine, theirs = (" ".join(row["text"].split()) for row in (one, other))
    if mine == theirs:
        return "the same words"
    if mine in theirs:
        return "the same words and more"
    return "a part of these words" if theirs in mine else "other words"


def _told(row: Row, page: str) -> str:
    others = tellings(row)
    if not others:
        return ""
    sources = len({other["source"] for other in others} | {row["source"]})
    named = "; ".join(
        f"{plain(record.publisher_of(other['source']))} ({alike(row, other)})" for other in others
    )
    return f"Told by {sources} sources: also {named}. {anchor(page, 'Compare the wordings')}"


def _against(row: Row, page: str) -> str:
    found = opposed(row)
    if not found:
        return ""
    topics = sorted({topic for each in found for topic in each.topics})
    number = len({each.row["statement"] for each in found})
    own = sum(each.same_speaker for each in found)
    by_self = f", {own} of them by the same speaker" if own else ""
    said = f"{number} {'statement takes' if number == 1 else 'statements take'} the other side"
    about = ", ".join(words(topic).lower() for topic in topics)
    return f"{said} on {plain(about)}{by_self}. {anchor(page, 'Read it' if number == 1 else 'Read them')}"


def _dispute(row: Row) -> str:
    to = address.link("disagreements", id=row["disagreement"])
    return f"Sources disagree: {anchor(to, brief(row['label'], 160))}"
