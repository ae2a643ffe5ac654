"""Quotations as cards for other people's pages: static HTML with its style inside, which fetches nothing.

Printed words stand between marks, ours do not; said by, reported by and published by are three; a card names
its snapshot, licence and address.
"""

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from onrecord.exporters.bibliography import is_printed, spoken
from onrecord.exporters.characters import html
from onrecord.exporters.material import Material, Row, basis_in_words

_SERIF = "Georgia, 'Times New Roman', serif"
_STYLES = {
    "card": "margin:1rem 0;padding:1rem 1.2rem;border:1px solid #8c8474;border-left-width:4px;"
    f"font-family:{_SERIF}",
    "words": "margin:0 0 .7rem;padding:0;font-size:1.25em;line-height:1.45;border:0",
    "ours": "margin:0 0 .7rem;font-family:system-ui,sans-serif",
    "line": "margin:.15rem 0;font-family:system-ui,sans-serif;font-size:.9em;line-height:1.45",
}


def cards(material: Material, rows: Sequence[Row]) -> str:
    """A card a row, in order, as HTML."""
    return "\n".join(card(material, row) for row in rows)


def card(material: Material, row: Row) -> str:
    """One statement as a `figure` whose styles stand in it."""
    lines = [_who(row), *_occasion(material, row), *_chain(material, row), *_corrections(material, row)]
    body = "\n".join(f'<p style="{_STYLES["line"]}">{line}</p>' for line in [*lines, _foot(material, row)])
    figure = f'<figure class="onrecord-card" style="{_STYLES["card"]}">'
    return f"{figure}\n{_words(row)}\n<figcaption>\n{body}\n</figcaption>\n</figure>"


def _words(row: Row) -> str:
    if not is_printed(row):
        return _ours("Reported speech, described by the record", row["text"])
    parts = [str(segment["text"]) for segment in row.get("segments") or ()] or [str(row["text"])]
    quoted = "".join(f'<p style="margin:0 0 .4rem">“{html(part)}”</p>' for part in parts)
    words = f'<blockquote style="{_STYLES["words"]}">{quoted}</blockquote>'
    ours = row.get("description")
    return words + (_ours("In the record’s words", ours) if ours else "")


def _ours(tag: str, text: object) -> str:
    return f'<p style="{_STYLES["ours"]}"><b>{tag}:</b> {html(text)}</p>'


def _who(row: Row) -> str:
    name = row.get("speaker_label") or row.get("named_as") or "Speaker not named"
    role = f", “{html(row['role'])}”" if row.get("role") else ""
    return f"Said by <b>{html(name)}</b>{role}"


def _occasion(material: Material, row: Row) -> list[str]:
    when = (
        spoken(str(row["when"])) + basis_in_words(row.get("date_basis"))
        if row.get("when")
        else "Date not known"
    )
    venue = f", at: {html(_name(material, row['venue']))}" if row.get("venue") else ""
    to = f", to: {html(_name(material, row['addressee']))}" if row.get("addressee") else ""
    return [f"{html(when)}{venue}{to}"]


def _chain(material: Material, row: Row) -> list[str]:
    """Reported by whom, published by whom, and where."""
    told = (
        f"Reported by {html(_name(material, row['reported_by']))}, second-hand."
        if row.get("reported_by")
        else ""
    )
    titles = {reference.id: reference for reference in material.references}
    source = titles.get(str(row["source"]))
    title = source.title if source else str(row["source"])
    publisher = source.publisher.label if source and source.publisher else str(row.get("published_by") or "")
    dated = (
        spoken(source.when) + basis_in_words(source.date_basis)
        if source and source.when
        else "no publication date"
    )
    place = (
        f", characters {row['start']}–{row['end']} of {html(row['source_file'])}"
        if row.get("start") is not None and row.get("source_file")
        else ""
    )
    address = source.url if source else None
    linked = f'<a href="{html(address)}">{html(title)}</a>' if address else html(title)
    return [*([told] if told else []), f"Published by {html(publisher)}: “{linked}”, {html(dated)}{place}."]


def _corrections(material: Material, row: Row) -> list[str]:
    done = {"retract": "Retracted", "correct": "Corrected"}
    return [
        f"<b>{done.get(entry.kind, 'Changed')}</b>, {html(spoken(entry.when))}: {html(entry.reason)}"
        for entry in material.about.corrections
        if entry.record == row["statement"]
    ]


def _foot(material: Material, row: Row) -> str:
    about = material.about
    address = about.iri("statement", quote(str(row["statement"])))
    licence = (
        f'<a href="{html(about.licence)}">{html(about.licence)}</a>'
        if about.licence.startswith(("https://", "http://"))
        else html(about.licence)
    )
    return (
        f'On record: <a href="{html(address)}">{html(address)}</a>. {html(about.title)}, snapshot '
        f"<code>{html(about.dataset_hash)}</code>. Licence of the record: {licence}; the quoted words are "
        "their publisher’s."
    )


def _name(material: Material, slug: object) -> str:
    """What people call a record that the card names."""
    titles: Mapping[str, str] = {reference.id: reference.title for reference in material.references}
    return material.names.get(str(slug)) or titles.get(str(slug)) or str(slug)
