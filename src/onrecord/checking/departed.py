"""Slugs that were published and are declared no more: addresses that others wrote down would lead nowhere.

Decision: `docs/decisions/redirects.md`.
"""

from collections.abc import Iterable
from difflib import get_close_matches

from onrecord.findings import Finding, Place
from onrecord.model import Register

_MOST = 20  # findings; where more are gone, another record may have been published here
_ALIKE = 0.6


def check(register: Register, published: Iterable[str], file: str) -> list[Finding]:
    """OR144 for each slug of the last snapshot that is neither declared nor redirected.

    published: its slugs. file: where redirects are written. A snapshot of which nothing is left is another
    record's, and nothing is said of it.
    """
    before = set(published)
    gone = sorted(before - register.entries.keys() - {moved.old for moved in register.redirects})
    if len(gone) == len(before):
        return []
    new = sorted(register.entries.keys() - before)
    found = [_gone(slug, new, register, file) for slug in gone[:_MOST]]
    if len(gone) > _MOST:
        message = f"{len(gone) - _MOST} more slugs were published and are declared no more"
        found.append(Finding("OR144", message, Place(file), "warning", "look at the first of them"))
    return found


def _gone(slug: str, new: list[str], register: Register, file: str) -> Finding:
    back = f"put it back, and `onrecord retract {slug}` if it was wrong"
    hint = f"{back}; or say here what it is now"
    for near in get_close_matches(slug, new, n=1, cutoff=_ALIKE):
        moved = f"{{old: {slug}, new: {near}, noun: {register.noun(near)}}}"
        hint = f"if it is `{near}` now: {moved}; else {back}"
    message = f"`{slug}` was published and is declared no more: who wrote its address down finds nothing"
    return Finding("OR144", message, Place(file), "warning", hint)


CODES: dict[str, str] = {
    "OR144": "A slug that was published is declared no more, and nothing says what became of it.",
}
