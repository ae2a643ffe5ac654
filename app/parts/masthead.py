"""The head of every page: name of the record, links to the pages, what this is."""

from datetime import date
from functools import lru_cache
from pathlib import Path

import streamlit as st

from onrecord.snapshot.manifest import Manifest
from parts import address, dates, links, record, script
from parts.markup import anchor, plain, show, visible

HEAD = ("timeline", "said", "status", "disagreements", "network", "query", "export", "about")
"""The pages that the head links to, in this order."""
_STYLE = Path(__file__).parent.parent / "style"
_ICON = Path(__file__).parent.parent / "icon.png"


def draw(page: str) -> None:
    """Style sheet, name, search field and links; needs no record. Every run of a page begins with it."""
    record.begin()
    links.begin()
    address.drawn()
    title(address.PAGES[page])
    st.html(f"<style>{_style()}</style>")
    pages = "".join(
        f"<li>{anchor(address.link(name), address.PAGES[name], current=name == page)}</li>" for name in HEAD
    )
    show(
        '<header class="or-masthead" data-whole=""><a class="or-skip" href="#content">Skip to content</a>'
        f'<a class="or-name" href="{plain(address.link("timeline"))}" aria-label="onrecord: start">'
        "onrecord</a>"
        f'<form class="or-search" role="search" action="{plain(address.link("search"))}" method="get">'
        f'<input type="search" name="q" value="{plain(address.given("q") if page == "search" else "")}" '
        'aria-label="Search the record" placeholder="Search the record" autocomplete="off">'
        "<button>Search</button></form>"
        f'<nav aria-label="Pages"><ul>{pages}</ul></nav></header>'
    )
    script.load()


@lru_cache(maxsize=1)
def _style() -> str:
    """All style sheets, the one of the whole first, then one a noun."""
    sheets = sorted(_STYLE.glob("*.css"), key=lambda path: (path.stem != "base", path.stem))
    return "\n".join(path.read_text(encoding="utf-8") for path in sheets)


def title(name: str) -> None:
    """What the browser calls this page."""
    st.set_page_config(page_title=f"{visible(name)} · onrecord", page_icon=str(_ICON), layout="wide")


def heading(text: str, lead: str = "") -> None:
    """The page's heading; both are text."""
    under = f'<p class="or-lead">{plain(lead)}</p>' if lead else ""
    show(f'<div id="content" class="or-heading"><h1>{plain(text)}</h1>{under}</div>')


def scope(events: int, span: tuple[date | None, date | None]) -> None:
    """One line: how much, from when to when, which snapshot, verified or not."""
    manifest = record.manifest()
    first, last = (dates.briefly(day.isoformat()[:7]) if day else "" for day in span)
    between = f", {first} to {last}" if first and last else ""
    said = manifest.counts.get("statement", 0)
    facts = [
        f"<b>{events:,}</b> events{plain(between)}",
        f"<b>{said:,}</b> statements",
        f"<b>{manifest.counts.get('actor', 0):,}</b> actors",
        f"<b>{len(manifest.sources):,}</b> sources",
        f'snapshot <code title="{plain(manifest.dataset_hash)}">{plain(manifest.dataset_hash[:12])}</code>',
        verified(manifest),
    ]
    show('<p class="or-scope">' + " <span>·</span> ".join(facts) + "</p>")


def verified(manifest: Manifest) -> str:
    """Whether the quotations were compared with the full texts when this snapshot was built, as HTML."""
    missing = sorted(slug for slug, entry in manifest.sources.items() if not entry["verified"])
    if not missing:
        return "quotations compared with the full texts at build: <b>verified</b>"
    where = "" if len(missing) == len(manifest.sources) else f" ({plain(', '.join(missing))})"
    return f"<b>not verified here</b>{where}: the full texts are not at hand"
