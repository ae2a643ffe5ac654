"""The events as an article: year by year, turning points told large, with what was said there in print."""

from collections.abc import Sequence

from parts import address, dates, facets, names, quotation, record, wording
from parts.markup import anchor, plain, show, words
from parts.occurrence import year
from parts.record import Row

_MOST_QUOTED = 3


def draw(rows: Sequence[Row], left_out: int) -> None:
    """One page of the story. left_out: events without a description, which the list names."""
    years: dict[str, list[Row]] = {}
    for row in rows:
        years.setdefault(year(row), []).append(row)
    parts = "".join(
        f'<section aria-label="{plain(name)}"><h3>{plain(name)}</h3>{"".join(map(_told, told))}</section>'
        for name, told in years.items()
    )
    more = (
        f'<p class="or-count">{left_out:,} more {"event is" if left_out == 1 else "events are"} in the list: '
        "they have no description of their own.</p>"
        if left_out
        else ""
    )
    show(f'<section class="or-story" aria-label="Story"><h2>Story</h2>{parts}{more}</section>')


def _told(row: Row) -> str:
    """One event: when, what, our description, words printed of it, who tells it."""
    to = address.link("timeline", **facets.state(), page=address.given("page"), event=row["event"])
    emphasis = ' class="or-pivot"' if row["turning"] else ""
    mark = '<span class="or-turn">Turning point</span>' if row["turning"] else ""
    ours = f"<p>{plain(row['description'])}</p>" if row["description"] else ""
    return (
        f'<article{emphasis}><p class="or-dateline">{plain(row["words"] or "Date not known")}'
        f'<span class="or-basis">{plain(dates.basis_in_words(row))}</span></p>'
        f'<div class="or-telling">{mark}<h4>{anchor(to, row["label"])}</h4>{ours}{_quoted(row)}'
        f'<p class="or-place">{plain(words(row["kind"]))} · told by '
        f"{names.publishers(row['sources'], 'outside documents only')}</p></div></article>"
    )


def _quoted(row: Row) -> str:
    """What is printed of those who spoke there, or on the same day by a source that tells of it."""
    if not row["turning"]:
        return ""
    found = [*record.ask("who-said-what", {"venue": row["event"]}).rows]
    if row["grain"] == "day":
        for slug in row["sources"]:
            told = record.ask("who-said-what", {"source": slug}).rows
            found += [each for each in told if each["when"] == row["when"]]
    said = {each["statement"]: each for each in found if each["text_is"] == "printed"}
    return "".join(map(_quotation, list(said.values())[:_MOST_QUOTED]))


def _quotation(row: Row) -> str:
    printed = "".join(f"<p><q>{plain(fragment)}</q></p>" for fragment in wording.fragments(row))
    who = plain(quotation.speaker(row))
    role = f', <span class="or-role">{plain(row["role"])}</span>' if row["role"] else ""
    link = anchor(address.link("statement", id=row["statement"]), "the statement", name=f"Statement of {who}")
    return (
        f'<figure><blockquote class="or-printed">{printed}</blockquote><figcaption>{who}{role}, '
        f"{plain(dates.in_words(row['when']))}, printed in {names.publisher(row['source'])} · {link}"
        "</figcaption></figure>"
    )
