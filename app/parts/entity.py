"""What the pages about one record share: which one is asked, its heading, its data, an index of all."""

from collections.abc import Sequence

from parts import address, beside, citation, masthead, names, record, states, wording
from parts.markup import anchor, brief, part, plain, show
from parts.record import Row


def chosen(noun: str, rows: Sequence[Row], scheme: str) -> Row | None:
    """The row that the address names; without one the index of all, with a wrong one those near it.

    A slug of before leads to the one of today; a record that was taken back says when and why.
    """
    slug = address.given("id")
    if not slug:
        index(noun, rows, scheme)
        return None
    found = {row[noun]: row for row in rows}
    if slug not in found and beside.is_retracted(slug):
        retracted(slug)
        return None
    today = record.today(slug, found)
    if today not in found:
        page = address.ENTITIES[noun]
        states.unknown(noun, slug, sorted(found), lambda near: address.link(page, id=near), f"All {noun}s")
        return None
    states.renamed(slug, today)
    show(beside.log(today))
    return found[today]


def retracted(slug: str) -> None:
    """A record that was taken back: its name, when and why."""
    masthead.heading(str(beside.entries(slug)[-1]["label"] or slug))
    show(beside.log(slug))
    data(slug)


def index(noun: str, rows: Sequence[Row], scheme: str) -> None:
    """Every record of a noun as a link, by kind."""
    masthead.heading(f"{noun.capitalize()}s", f"{len(rows)} on record, by kind.")
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(record.concept(scheme, row["kind"]).label, []).append(row)
    shown = "".join(
        f"<h2>{plain(kind)} ({len(members)})</h2><ul>"
        + "".join(
            f"<li>{anchor(address.link(noun, id=row[noun]), row['label'])}</li>"
            for row in sorted(members, key=lambda row: (row["label"].casefold(), row[noun]))
        )
        + "</ul>"
        for kind, members in sorted(groups.items())
    )
    show(f'<section class="or-index" aria-label="All {plain(noun)}s">{shown}</section>')


def heading(kind: str, label: str, description: str | None) -> None:
    """What it is and what it is called; its description is ours."""
    masthead.title(brief(label, 60))
    show(
        f'<div id="content" class="or-entity"><p class="or-kind">{plain(kind)}</p>'
        f"<h1>{plain(label)}</h1>{wording.ours(plain(description))}</div>"
    )


def told(sources: Sequence[str] | None) -> str:
    """The sources that mention it, by publisher."""
    return names.publishers(sources, "no source: from outside documents")


def place(row: Row) -> str:
    """Where a line rests: publisher and place in the source."""
    return f'<span class="or-place">{citation.standing(row)}</span>'


def passages(slug: str) -> None:
    """Every passage that the record rests on, printed words as printed."""
    rows = record.ask("evidence", {"id": slug}).rows
    if not rows:
        show('<p class="or-count">No passage is on record for it.</p>')
        return
    items = "".join(wording.passage(row, place(row)) for row in rows if row["text"])
    title = f"The {len(rows)} passages that it rests on"
    show(
        f'<details class="or-context or-rests"><summary>{title}</summary>'
        f'<ul class="or-accounts">{items}</ul></details>'
    )


def data(slug: str) -> None:
    """The same record as data: its lasting name, its documents, its surroundings."""
    iri = record.workspace().iri(slug)
    if iri is None:
        return
    noun = iri.split("/")[-2]
    network = anchor(address.link("network", id=slug), "Who cites it, and what it cites, as a network")
    ways = (network, f"As data: {citation.documents(noun, slug)}", f"Lasting name: <code>{plain(iri)}</code>")
    show(part("Elsewhere", f'<ul class="or-plain">{"".join(f"<li>{way}</li>" for way in ways)}</ul>'))
