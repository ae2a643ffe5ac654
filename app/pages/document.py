"""Document: what it is and how its date is known, what it says or provides, who cites it."""

from parts import address, dates, entity, lines, masthead, names, record, states, table, wording
from parts.markup import anchor, definitions, outside, part, plain, show
from parts.record import Row

SHOWN = 12


def draw() -> None:
    """The page."""
    row = entity.chosen("document", record.ask("documents").rows, "document")
    if row is None:
        return
    states.newer_files()
    slug = row["document"]
    entity.heading(record.concept("document", row["kind"]).label, row["label"], row["description"])
    show(definitions([*facts(row), *capture(slug)]))
    instrument(slug)
    printed(slug)
    happened(slug)
    citations(slug)
    entity.passages(slug)
    entity.data(slug)


def facts(row: Row) -> list[tuple[str, str]]:
    """Its date with how it is known, its people, its names elsewhere."""
    return [
        ("Dated", dates.html(row)),
        ("By", names.listed(row["authors"])),
        ("To", names.listed(row["recipients"])),
        ("Between", names.listed(row["parties"])),
        ("Published by", names.linked(row["publisher"])),
        ("Named as", plain(", ".join(row["names"] or ()))),
        ("Cited as", plain(row["citation"])),
        ("Identifiers", "<br>".join(map(outside, row["identifiers"] or ()))),
        ("Mentioned in", entity.told(row["mentioned_in"])),
    ]


def capture(slug: str) -> list[tuple[str, str]]:
    """Of a source: which text was read, and whether it is at hand."""
    entry = record.manifest().sources.get(slug)
    if entry is None:
        return []
    compared = "compared with it at build" if entry["verified"] else "the full text was not at hand at build"
    return [
        ("Read as", f"<code>{plain(entry['file'])}</code>"),
        ("SHA-256", f"<code>{plain(entry['sha256'])}</code>"),
        ("Quotations", plain(compared)),
    ]


def instrument(slug: str) -> None:
    """Of an instrument: its provisions as each source tells them, and the way to its states."""
    if record.known()[slug][0] != "instrument":
        return
    rows = record.ask("provisions", {"instrument": slug}).rows
    show(f"<p>{anchor(address.link('status', instrument=slug), 'Its state on any day, by each account')}</p>")
    if not rows:
        return
    shown = [
        (
            plain(row["label"]),
            plain(wording.marked(row["text"], row["text_is"])),
            names.account(row["according_to"]),
            entity.place(row),
        )
        for row in rows
    ]
    show(table.html(f"Provisions ({len(shown)})", ("What", "Words", "By whose account", "Where"), shown))


def printed(slug: str) -> None:
    """Statements that stand in it."""
    every = record.ask("who-said-what").rows
    rows = [row for row in every if slug in (row["source"], row["in_document"])]
    if not rows:
        return
    is_source = any(row["source"] == slug for row in rows)
    everything = lines.all_of(address.link("said", source=slug), len(rows)) if is_source else ""
    shown = lines.statements(rows[:SHOWN] if everything else rows)
    show(part(f"Statements in it ({len(rows)})", shown + everything))


def happened(slug: str) -> None:
    """Events that it is part of."""
    rows = record.ask("timeline", {"document": slug}).rows
    if rows:
        show(part(f"Events ({len(rows)})", lines.events(rows)))


def citations(slug: str) -> None:
    """What it cites and what cites it, one step."""
    rows = record.ask("citations", {"document": slug, "depth": "1"}).rows
    if not rows:
        return
    shown = [
        (
            names.linked(row["from"]),
            plain(record.concept("relation", row["relation"]).label.lower()),
            names.linked(row["to"]),
            plain(row["description"]),
            names.publishers(sorted({each["source"] for each in row["evidence"] or ()})),
        )
        for row in rows
    ]
    heads = ("From", "Relation", "To", "In our words", "Told by")
    show(table.html(f"Citations ({len(shown)})", heads, shown))


masthead.draw("document")
states.guarded(draw)
