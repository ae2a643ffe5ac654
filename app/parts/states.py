"""What a page says when there is nothing to show: no record, nothing found, a name or value that is wrong."""

from collections.abc import Callable, Sequence
from difflib import get_close_matches

from onrecord.errors import LimitExceeded, NoSnapshot, OnRecordError, UnknownName
from parts import address, record
from parts.markup import anchor, plain, show


def notice(title: str, body: str = "", *, wrong: bool = False) -> None:
    """A message in the page. `title` is text, `body` HTML; `wrong` marks an error."""
    kind, role = ("or-wrong", "alert") if wrong else ("or-calm", "status")
    show(f'<div class="or-notice {kind}" role="{role}"><p class="or-said">{plain(title)}</p>{body}</div>')


def guarded(draw: Callable[[], None]) -> None:
    """Draws a page, or says why not and what to do."""
    try:
        draw()
    except NoSnapshot as error:
        notice(
            "Nothing has been built yet",
            f"<p>{plain(error.message)}. Build the record from its files, then load this page again:</p>"
            "<pre>onrecord build</pre>",
            wrong=True,
        )
    except LimitExceeded as error:
        notice("No answer within the limits", limit_reached(error), wrong=True)
    except OnRecordError as error:
        hint = f"<p>{plain(error.hint)}</p>" if error.hint else ""
        notice(error.message, hint, wrong=True)


def limit_reached(error: LimitExceeded) -> str:
    """The limit by name with its value, and what to do."""
    limits = record.workspace().limits.as_json()
    name = error.limit + (f" = {limits[error.limit]}" if error.limit in limits else "")
    hint = f" {plain(error.hint)}." if error.hint else ""
    return f"<p>{plain(error.message)}. Limit: <code>{plain(name)}</code>.{hint}</p>"


def refused(error: OnRecordError, page: str, names: Sequence[str], wrong: str) -> None:
    """A value of the address that the question does not take, with links that mend it."""
    links = []
    if isinstance(error, UnknownName) and wrong:
        links = [anchor(address.here(page, names, **{wrong: near}), near) for near in error.near[:3]]
    if links:
        notice(error.message, f"<p>Did you mean {' or '.join(links)}?</p>", wrong=True)
        return
    without = anchor(address.here(page, names, **{wrong: None}), "Leave it out") if wrong else ""
    hint = f"<p>{plain(error.hint)}</p>" if error.hint else ""
    notice(error.message, hint + (f"<p>{without}</p>" if without else ""), wrong=True)


def unknown(noun: str, value: str, known: Sequence[str], to: Callable[[str], str], everything: str) -> None:
    """An id that is not on record, with links to those nearest to it and to all of them."""
    near = get_close_matches(value, known, n=3, cutoff=0.5)
    body = f"<p>Did you mean {' or '.join(anchor(to(slug), slug) for slug in near)}?</p>" if near else ""
    shown = value if len(value) <= 80 else value[:79] + "…"
    notice(f"No {noun} ‘{shown}’ is on record", f"{body}<p>{everything}</p>", wrong=True)


def nothing(what: str, wider: Sequence[tuple[int, str, str]], clear: str) -> None:
    """An empty answer. `wider`: how many match without a filter, that filter, the address without it."""
    offers = "".join(
        f"<li>{anchor(to, f'{count} {_verb(count)} without {name}')}: remove it</li>"
        for count, name, to in wider
        if count
    )
    body = f"<ul>{offers}</ul>" if offers else ""
    notice(f"No {what} match.", f"{body}<p>{anchor(clear, 'Clear all filters')}</p>")


def _verb(count: int) -> str:
    return "matches" if count == 1 else "match"


def newer_files() -> None:
    """Says so where the files have changed since the snapshot was built."""
    found = record.workspace()
    if found.stale(found.snapshot):
        notice(
            "The files are newer than this snapshot",
            "<p>You see the last record that passed its checks. <code>onrecord check</code> says what keeps "
            "a newer one back, <code>onrecord build</code> makes it; this page then shows it without a "
            "restart.</p>",
        )
    else:
        show("")


def tell(notes: Sequence[str]) -> None:
    """Notes that an answer carries."""
    items = "".join(f"<li>{plain(note)}</li>" for note in notes)
    show(f'<ul class="or-notes" aria-label="Notes on this answer">{items}</ul>' if items else "")
