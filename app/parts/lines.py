"""Lists of statements and events in few words, each a link to the whole of it."""

from collections.abc import Sequence

from parts import address, dates, names, record, wording
from parts.markup import anchor, plain, words
from parts.record import Row

_LENGTH = 220  # characters of a statement's words; the whole stands on its page


def statements(rows: Sequence[Row], *, speaker: bool = True) -> str:
    """Statements by date: printed words between marks, ours without."""
    return _list([_statement(row, speaker=speaker) for row in sorted(rows, key=dates.then_place)])


def all_of(to: str, total: int) -> str:
    """The way to all of a list, `total` statements as cards."""
    called = "It as a card, with its passage" if total == 1 else f"All {total} as cards, with their passages"
    return f'<p class="or-count">{anchor(to, called)}</p>'


def _statement(row: Row, *, speaker: bool) -> str:
    printed = row["text_is"] == "printed"
    text = wording.marked(row["text"], row["text_is"], _LENGTH)
    who = f"{names.linked(row['speaker'], row['named_as'] or 'Speaker not named')}: " if speaker else ""
    ours = "" if printed else " · reported speech, in our words"
    role = f" · {plain(row['role'])}" if row["role"] else ""
    return _line(
        row,
        f'{who}<span class="{"or-quoted" if printed else "or-told"}">'
        f"{anchor(address.link('statement', id=row['statement']), text)}</span>",
        f"{names.publisher(row['source'])}{role}{ours}",
    )


def events(rows: Sequence[Row]) -> str:
    """Events by date, with kind and sources."""
    ordered = sorted(rows, key=dates.in_order)
    return _list(
        [
            _line(
                row,
                anchor(address.link("event", id=row["event"]), row["label"]),
                f"{plain(record.concept('event', row['kind']).label or words(row['kind']))} · "
                + names.publishers(row["sources"], "outside documents only"),
            )
            for row in ordered
        ]
    )


def _line(row: Row, what: str, more: str) -> str:
    return (
        f'<li><div class="or-date">{dates.html(row, note=False)}</div>'
        f'<div class="or-what">{what}<span class="or-meta">{more}</span></div></li>'
    )


def _list(items: Sequence[str]) -> str:
    return f'<div class="or-list"><ul>{"".join(items)}</ul></div>' if items else ""
