"""Export: what for which tool, what goes in, what comes out with its licence, and the file."""

from collections.abc import Mapping, Sequence

import streamlit as st

from onrecord.errors import OnRecordError
from onrecord.exporters import DEFAULT_TABLE, TABLES, ExportFile, Format, taken
from parts import address, choice, files, masthead, places, record, sizes, states
from parts.markup import anchor, definitions, outside, part, plain, show

FILTERS = (*choice.MENUS, *choice.TEXTS)
STATE = ("format", "table", *FILTERS)
HOLDS: Mapping[str, str] = {
    "citations": "Who cites whom, as a graph",
    "": "Tables for a spreadsheet or a program",
    "references": "References for a bibliography",
    "record": "The whole record as linked data",
    "cards": "Quotations to publish",
    "timeline": "The timeline to publish",
}
"""What formats hold → heading; others are called by what they hold."""
_HEAD = 1800  # characters of a file that are shown
_COLUMNS = 4


def draw() -> None:
    """The page."""
    masthead.heading(
        "Export", "Take it with you: what for which tool, with licence, sources and counts in every file."
    )
    states.newer_files()
    formats = {each.name: each for each in record.workspace().export_formats()}
    name = address.given("format")
    chooser(formats, name)
    if not name:
        return
    if name not in formats:
        known = list(formats)
        states.unknown("format", name, known, lambda near: address.link("export", format=near), "All formats")
        return
    chosen = formats[name]
    table = address.given("table") or DEFAULT_TABLE
    filters(chosen, table)
    given = {name: address.given(name) for name in FILTERS if address.given(name)}
    if chosen.tables:
        given["table"] = table
    with places.place(), places.whole():
        try:
            with st.spinner("Writing the file …"):
                written = record.export(chosen.name, given)
        except OnRecordError as error:
            refused(chosen, given, error)
            return
        preview(chosen, written, given)


def chooser(formats: Mapping[str, Format], name: str) -> None:
    """Every format under what it holds, with the tools that read it."""
    groups: dict[str, list[Format]] = {}
    for each in formats.values():
        groups.setdefault(each.holds, []).append(each)
    shown = "".join(
        f"<div><h3>{plain(HOLDS.get(holds, holds.capitalize()))}</h3><ul>"
        + "".join(f"<li>{_offer(each, current=each.name == name)}</li>" for each in members)
        + "</ul></div>"
        for holds, members in groups.items()
    )
    show(f'<section class="or-formats"><h2>What for</h2><div class="or-offers">{shown}</div></section>')


def _offer(each: Format, *, current: bool) -> str:
    kept = {name: address.given(name) for name in fields(each, address.given("table"))}
    kept["table"] = address.given("table") if each.tables else ""
    link = anchor(address.link("export", **({"format": each.name} | kept)), each.for_tool, current=current)
    return f'{link} <span class="or-note">{plain(each.title)}</span>'


def fields(chosen: Format, table: str) -> list[str]:
    """What can be filtered in a format, or in a table of it, in the order of the fields."""
    takes = {*taken(chosen, table if table in TABLES else ""), "corrections-since"}
    return [name for name in FILTERS if name in takes]


def filters(chosen: Format, table: str) -> None:
    """The filters that the format takes, in rows of four; each is in the address."""
    show(part("What goes in"))
    names = fields(chosen, table)
    with st.container(key="filters"):
        if chosen.tables:
            tables = dict.fromkeys((DEFAULT_TABLE, *TABLES))
            address.choice("Table", "table", {table: table.capitalize() for table in tables})
        with places.place():
            for start in range(0, len(names), _COLUMNS):
                for column, name in zip(st.columns(_COLUMNS), names[start : start + _COLUMNS], strict=False):
                    with column:
                        choice.field(name)
        if any(address.given(name) for name in FILTERS):
            clear = address.link("export", format=chosen.name, table=address.given("table"))
            show(f'<p class="or-clear">{anchor(clear, "Everything: clear all filters")}</p>')


def preview(chosen: Format, written: Sequence[ExportFile], given: Mapping[str, str]) -> None:
    """What the file says of itself, its beginning, and the file."""
    file = written[0]
    counts = ", ".join(f"<b>{count:,}</b> {plain(name)}" for name, count in file.about["counts"].items())
    show(part("What comes out", f'<p class="or-count" role="status">{counts}</p>'))
    to = files.link(chosen.name, given, f"Download {file.name}", button=True)
    described = files.link(f"{chosen.name}.about.json", given, "its description as a file")
    beside = f" · {described}" if len(written) > 1 else ""
    show(
        f'<p class="or-take">{to} {plain(sizes.in_words(len(file.content)))}{beside}</p>'
        f"{definitions([*facts(file), command(chosen, given)])}"
    )
    states.tell(file.about["notes"])
    beginning(file)


def facts(file: ExportFile) -> list[tuple[str, str]]:
    """What the file says of itself."""
    about = file.about
    corrected = len(about["corrections"])
    sources = ", ".join(source["publisher"] or source["title"] for source in about["sources"])
    return [
        ("Holds", plain(about["holds"])),
        ("Licence", outside(about["licence"])),
        ("Cut-off", plain(f"{about['cut_off'] or 'not known'}, the latest publication among the sources")),
        ("Sources", plain(sources)),
        ("Record", f"<code>{plain(about['dataset_hash'][:12])}</code>"),
        ("Corrections", f"{corrected} in the log" if corrected else ""),
    ]


def beginning(file: ExportFile) -> None:
    """The first characters of the file, as it stands."""
    text = file.content[: 4 * _HEAD].decode("utf-8", "ignore")[:_HEAD]
    rest = len(file.content) - len(text.encode())
    show(part("How it begins" if rest > 0 else "How it begins: this is all of it", level=3))
    lines = plain(text.replace("\r\n", "\n"))
    show(
        '<pre class="or-begins" role="region" tabindex="0" aria-label="The beginning of the file">'
        f"{lines}</pre>"
    )


def command(chosen: Format, given: Mapping[str, str]) -> tuple[str, str]:
    """The same export on the command line."""
    options = "".join(
        f" --{name} '{value}'" if " " in value else f" --{name} {value}" for name, value in given.items()
    )
    return "On the command line", f"<code>{plain(f'onrecord export {chosen.name}{options}')}</code>"


def refused(chosen: Format, given: Mapping[str, str], error: OnRecordError) -> None:
    """The filter that does not work, the table and the node first: others mean something with them only."""
    ordered = {name: given[name] for name in ("table", "around", *given) if name in given}

    def ask(one: Mapping[str, str]) -> object:
        needed = ("table", "around") if {"depth", "direction"} & one.keys() else ("table",)
        return record.export(chosen.name, {**{name: given.get(name, "") for name in needed}, **one})

    states.one_refused(error, "export", STATE, ordered, ask)


masthead.draw("export")
files.listen()
states.guarded(draw)
