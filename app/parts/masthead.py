"""The head of every page: name of the record, links to the pages, what this is."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from onrecord.snapshot.manifest import Manifest
from parts import address, dates, record
from parts.markup import anchor, plain, show, visible

PAGES: Mapping[str, str] = {"timeline": "Timeline", "said": "Who said what", "query": "Query"}
"""Pages and what they are called, in the order of the links."""
_STYLE = Path(__file__).with_name("style.css")
_ICON = Path(__file__).parent.parent / "icon.png"


def draw(page: str) -> None:
    """Style sheet, name and links; needs no record."""
    title(PAGES[page])
    st.html(_STYLE)
    links = "".join(
        f"<li>{anchor(address.link(name), label, current=name == page)}</li>" for name, label in PAGES.items()
    )
    show(
        '<header class="or-masthead"><a class="or-skip" href="#content">Skip to content</a>'
        f'<a class="or-name" href="{plain(address.link("timeline"))}" aria-label="onrecord: start">'
        "onrecord</a>"
        f'<nav aria-label="Pages"><ul>{links}</ul></nav></header>'
    )


def title(name: str) -> None:
    """What the browser calls this page."""
    st.set_page_config(page_title=f"{visible(name)} · onrecord", page_icon=str(_ICON), layout="wide")


def heading(text: str, lead: str = "") -> None:
    """The page's heading; both are text."""
    under = f'<p class="or-lead">{plain(lead)}</p>' if lead else ""
    show(f'<div id="content" class="or-heading"><h1>{plain(text)}</h1>{under}</div>')


def scope(events: Sequence[Mapping[str, Any]]) -> None:
    """One line: how much, from when to when, which snapshot, verified or not."""
    manifest = record.workspace().snapshot.manifest
    days = sorted(day for row in events for day in (row["earliest"], row["latest"]) if day)
    span = f", {dates.briefly(days[0][:7])} to {dates.briefly(days[-1][:7])}" if days else ""
    said = manifest.counts.get("statement", 0)
    facts = [
        f"<b>{len(events)}</b> events{plain(span)}",
        f"<b>{said}</b> statements",
        f"<b>{manifest.counts.get('actor', 0)}</b> actors",
        f"<b>{len(manifest.sources)}</b> sources",
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
