"""About: scope, sources with their rights, method, limits, and how far the record can be trusted."""

from collections import Counter

import streamlit as st

from onrecord.exporters import About
from onrecord.findings import errors
from onrecord.proof import Proof
from parts import address, dates, masthead, names, places, record, states, table
from parts.markup import anchor, definitions, outside, part, plain, show

METHOD = (
    (
        "Verbatim or it says so",
        "Words between quotation marks are the characters of their source, held by text, context, position "
        "and hash. What is described in our words is marked so, everywhere.",
    ),
    (
        "Dates as precise as their evidence",
        "A month stays a month. Each date says how it is known: printed, counted from the source's own date, "
        "inferred from the sources together, or from outside them.",
    ),
    (
        "Disagreement is kept",
        "Accounts that differ stand side by side with who gives them. The record prefers none unless it says "
        "why.",
    ),
    (
        "Three different actors",
        "Who said it, who reports it and who published it are recorded apart.",
    ),
    (
        "Whole or an error",
        "An answer is complete for what is recorded, or it is an error that names the limit. Nothing is cut "
        "in silence.",
    ),
)
"""How the record is made: what we hold to, and what that means."""
DOORS = (
    ("/sparql", "SPARQL 1.1, read-only"),
    ("/api/openapi.json", "questions and search as JSON, described by OpenAPI"),
    ("/.well-known/void", "the dataset's description (VoID)"),
    ("/limits", "the limits as JSON"),
)


def draw() -> None:
    """The page."""
    found = record.workspace()
    about = record.about()
    masthead.heading(about.title)
    masthead.scope(record.number({}), record.chronicle({}).span())
    states.newer_files()
    stories()
    sources(about)
    method()
    integrity(about)
    corrections()
    gaps()
    limits(found.limits.as_json())
    doors(about)


def stories() -> None:
    """What the record is about, by dossier."""
    for row in record.ask("dossiers").rows:
        instruments = ", ".join(
            anchor(address.link("status", instrument=slug), record.labels().get(slug, slug))
            for slug in row["instruments"] or ()
        )
        more = f"<p>The state of {instruments}, day by day.</p>" if instruments else ""
        show(part(row["label"], f"<p>{plain(row['description'])}</p>{more}"))


def sources(about: About) -> None:
    """The sources with publisher, date, rights, and whether their full text was compared."""
    known = record.manifest().sources
    lines = [
        (
            anchor(address.link("document", id=source.slug), source.title),
            plain(source.publisher or ""),
            f"{plain(dates.in_words(source.when))}<br><span class=or-basis>"
            f"{plain(dates.BASES.get(source.date_basis or '', ''))}</span>",
            plain(source.rights or "not stated"),
            "compared with the full text" if known[source.slug]["verified"] else "full text not at hand here",
        )
        for source in about.sources
    ]
    heads = ("Source", "Publisher", "Published", "Rights", "Quotations")
    show(table.html(f"Sources ({len(lines)})", heads, lines))


def method() -> None:
    """How the record is made."""
    items = "".join(f"<div><dt>{plain(head)}</dt><dd>{plain(text)}</dd></div>" for head, text in METHOD)
    show(part("Method", f'<dl class="or-method">{items}</dl>'))


def integrity(about: About) -> None:
    """Hash, versions, and the proof that can be run again here."""
    manifest = record.manifest()
    versions = ", ".join(f"{name} {version}" for name, version in manifest.versions.items())
    facts = [
        ("Dataset hash", f"<code>{plain(manifest.dataset_hash)}</code>"),
        ("Snapshot", f"<code>{plain(record.workspace().snapshot.path.name)}</code>"),
        ("Versions", plain(versions)),
        ("Licence", outside(about.licence)),
        ("By", plain(", ".join(about.creators))),
        ("Latest source", plain(dates.in_words(about.cut_off))),
    ]
    show(part("Integrity", definitions(facts)))
    pressed = st.button("Prove every quotation again")
    with places.place():
        if pressed:
            with st.spinner("Comparing every anchor with its source …"):
                proof = record.workspace().verify(store=True)
            told(proof)


def told(proof: Proof) -> None:
    """What the proof found, without the server's folders."""
    folder = f"{record.workspace().settings.data.parent}/"
    wrong = errors(proof.findings)
    lines = [str(each).replace(folder, "") for each in wrong] + proof.lines()
    title = "Alterations were found" if wrong else "Nothing was altered"
    if proof.absent and not wrong:
        title += ", by hashes and seals: the full texts are not at hand here"
    states.notice(
        title, f"<ul>{''.join(f'<li>{plain(line)}</li>' for line in lines)}</ul>", wrong=bool(wrong)
    )


def corrections() -> None:
    """The log of corrections and retractions."""
    rows = record.ask("corrections").rows
    if not rows:
        show(part("Corrections", "<p>No record has been corrected or retracted so far.</p>"))
        return
    lines = [
        (
            plain(dates.in_words(row["when"])),
            "retracted" if row["kind"] == "retract" else "corrected",
            names.named(row["noun"], row["record"], row["label"]),
            plain(row["reason"]),
        )
        for row in rows
    ]
    show(table.html(f"Corrections ({len(rows)})", ("When", "What", "Record", "Why"), lines))


def gaps() -> None:
    """What is known to be missing: those that curators wrote down; the rest by rule."""
    rows = record.ask("gaps").rows
    by_rule = Counter(row["rule"] for row in rows if row["rule"] != "curated")
    items = [f"<li>{plain(row['label'])}</li>" for row in rows if row["rule"] == "curated"]
    items += [f"<li>{plain(rule.rstrip('.'))}: {count} times</li>" for rule, count in sorted(by_rule.items())]
    show(part(f"What is not known ({len(rows)})", f"<ul>{''.join(items)}</ul>"))


def limits(values: dict[str, int]) -> None:
    """The limits on questions, by name."""
    lines = [(f"<code>{plain(name)}</code>", plain(f"{value:,}")) for name, value in values.items()]
    show(table.html("Limits on questions", ("Limit", "Value"), lines))


def doors(about: About) -> None:
    """The same record as data, on this address."""
    items = "".join(f"<li>{anchor(to, to)}: {plain(what)}</li>" for to, what in DOORS)
    names_begin = f"<p>Names begin with <code>{plain(about.base)}</code> and are looked up here under "
    show(part("The same as data", f"<ul>{items}</ul>{names_begin}<code>/id/</code>.</p>"))


masthead.draw("about")
states.guarded(draw)
