"""What keeps readers out of a page: what axe finds in either theme, and sideways scrolling."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from axe_playwright_python.sync_playwright import Axe

NARROW = 420  # CSS pixels
_SETTLED = "() => !document.getAnimations().some(each => each instanceof CSSTransition)"
_IS_DARK = "() => getComputedStyle(document.querySelector('.stApp')).backgroundColor === 'rgb(23, 22, 20)'"
_SCROLLERS = (
    ".or-sheet, .or-edge-scroll, .or-picture, .or-drawing, .or-table, .or-bands, pre, .stCode, .cm-editor, "
    ".or-hidden, .or-unseen, .or-skip, .stSlider input"
)
"""What scrolls by itself, or is not for the eyes."""
_PUSHED_OUT = """([width, scrollers]) => [...document.querySelectorAll('.stMain *')]
  .filter(each => each.getBoundingClientRect().right > width + 1 && !each.closest(scrollers))
  .slice(0, 3).map(each => each.outerHTML.slice(0, 140))"""


def serious(page: Any) -> list[str]:
    """Violations of serious or critical impact, each with its rule and the first elements."""
    page.wait_for_function(_SETTLED)  # colours on their way from one to another are neither
    return [
        f"{found['id']}: {found['help']}: {[node['html'][:140] for node in found['nodes'][:3]]}"
        for found in Axe().run(page).response["violations"]
        if found["impact"] in ("serious", "critical")
    ]


def barriers(
    visit: Any,
    states: Mapping[str, str] | Iterable[str],
    ready: Callable[[Any, str], None] | None = None,
) -> list[str]:
    """Those of all states, each loaded once: light, then dark, then narrow.

    states: addresses, with names or without. ready: waits for what a state has, given the page and the name.
    """
    found = []
    named = states if isinstance(states, Mapping) else {address: address for address in states}
    for name, address in named.items():
        page = visit.open(address)
        if ready:
            ready(page, name)
        found += [f"{name}, light: {each}" for each in serious(page)]
        page.emulate_media(color_scheme="dark")
        page.wait_for_function(_IS_DARK)
        visit.drawn()
        found += [f"{name}, dark: {each}" for each in serious(page)]
        page.set_viewport_size({"width": NARROW, "height": 900})
        visit.drawn()
        found += [f"{name}, narrow: {each}" for each in sideways(page)]
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 1280, "height": 900})
    return found


def sideways(page: Any) -> list[str]:
    """What makes a narrow page scroll sideways, or lies outside of it."""
    page.wait_for_function(_SETTLED)
    width = widest(page)
    wide = [f"{width} pixels wide"] if width > NARROW else []
    return wide + list(page.evaluate(_PUSHED_OUT, [NARROW, _SCROLLERS]))


def widest(page: Any) -> int:
    """The width that the page takes, in CSS pixels."""
    return int(
        page.evaluate("Math.max(...[...document.querySelectorAll('html, .stMain')].map(e => e.scrollWidth))")
    )
