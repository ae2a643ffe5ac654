"""What a page says when there is nothing to show: no record, nothing found, a name or value that is wrong."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches

from onrecord.errors import LimitExceeded, NoSnapshot, OnRecordError, UnknownName
from parts import address, record
from parts.markup import anchor, plain, show

_log = logging.getLogger(__name__)
_FAULT = (
    '<p class="or-fault">The fault is ours, and the server\'s log says more. Load the page again; where that '
    "does not help, please report its address.</p>"
)


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
    except Exception:  # Streamlit's own words for a fault name services that have no part in this
        _log.exception("a page could not be drawn")
        notice("This page could not be drawn", _FAULT, wrong=True)


def limit_reached(error: LimitExceeded) -> str:
    """The limit by name with its value, and what to do."""
    limits = record.workspace().limits.as_json()
    name = error.limit + (f" = {limits[error.limit]}" if error.limit in limits else "")
    hint = f" {plain(error.hint)}." if error.hint else ""
    return f"<p>{plain(error.message)}. Limit: <code>{plain(name)}</code>.{hint}</p>"


def refused(error: OnRecordError, page: str, names: Sequence[str], wrong: str) -> None:
    """A value of the address that the question does not take, with links that mend it.

    names: the values that the page's address holds. wrong: the one that is refused, empty where it is not
    known.
    """
    links = []
    if isinstance(error, UnknownName) and wrong:
        links = [anchor(address.here(page, names, **{wrong: near}), near) for near in error.near[:3]]
    if links:
        notice(error.message, f"<p>Did you mean {' or '.join(links)}?</p>", wrong=True)
        return
    without = anchor(address.here(page, names, **{wrong: None}), "Leave it out") if wrong else ""
    hint = f"<p>{plain(error.hint)}</p>" if error.hint else ""
    notice(error.message, hint + (f"<p>{without}</p>" if without else ""), wrong=True)


def one_refused(
    error: OnRecordError,
    page: str,
    names: Sequence[str],
    given: Mapping[str, str],
    ask: Callable[[Mapping[str, str]], object],
    otherwise: str = "",
) -> None:
    """The same for the first of several values that is refused by itself, with what is wrong with that one.

    error: of all of them together. given: name of the address → value. ask: asks with some of them.
    otherwise: the wrong one where each is taken by itself.
    """
    for name, value in given.items():
        try:
            ask({name: value})
        except OnRecordError as alone:
            refused(alone, page, names, name)
            return
    refused(error, page, names, otherwise)


def unknown(noun: str, value: str, known: Sequence[str], to: Callable[[str], str], everything: str) -> None:
    """An id that is not on record, with links to those nearest to it and to all of them.

    to: an id → its address, nothing → that of all. everything: what those are called.
    """
    near = get_close_matches(value, known, n=3, cutoff=0.5)
    body = f"<p>Did you mean {' or '.join(anchor(to(slug), slug) for slug in near)}?</p>" if near else ""
    shown = value if len(value) <= 80 else value[:79] + "…"
    body += f"<p>{anchor(to(''), everything)}</p>"
    notice(f"No {noun} ‘{shown}’ is on record", body, wrong=True)


def renamed(asked: str, now: str) -> None:
    """That a record is called otherwise today (see `record.today`); nothing where it is not."""
    if asked != now:
        notice(f"‘{asked}’ is called ‘{now}’ now")


def bare(what: str, add: str = "them to <code>data/dossiers/</code>") -> None:
    """A record that holds none of what a page shows. `add` is HTML."""
    body = f"<p>Add {add}, then <code>onrecord build</code>.</p>"
    notice(f"This record holds no {what}", body)


def nothing(
    what: str,
    page: str,
    names: Sequence[str],
    filters: Iterable[tuple[Sequence[str], str]],
    count: Callable[[Sequence[str]], int],
    clear: str,
) -> None:
    """An empty answer, with each filter whose removal would fill it.

    names: the values that the page's address holds. filters: those of one filter, and what that is called.
    count: how many match without some values. clear: the address without any filter.
    """
    offers = ""
    for left_out, said in filters:
        number = count(left_out) if any(map(address.given, left_out)) else 0
        if number:
            to = address.here(page, names, **dict.fromkeys(left_out))
            verb = "matches" if number == 1 else "match"
            offers += f"<li>{anchor(to, f'{number} {verb} without {said}')}: remove it</li>"
    body = f"<ul>{offers}</ul>" if offers else ""
    notice(f"No {what} match.", f'{body}<p data-whole="">{anchor(clear, "Clear all filters")}</p>')


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
