"""The one way to write an export: a format by name, the material, and what is asked of it."""

from collections.abc import Iterable
from difflib import get_close_matches
from hashlib import sha256

from onrecord.errors import UnknownName, UsageError
from onrecord.exporters.description import json_bytes
from onrecord.exporters.formats import DEFAULT_TABLE, FORMATS, TABLES, Format, taken
from onrecord.exporters.material import ExportFile, Material
from onrecord.exporters.selection import ALL_FILTERS, CORRECTIONS_SINCE, Selection, given, select


def near(name: str) -> tuple[str, ...]:
    """Names of formats that `name` may have meant, nearest first."""
    return tuple(get_close_matches(name.lower(), FORMATS, n=3, cutoff=0.4))


def find_format(name: str) -> Format:
    """The format of that name. UnknownName, with near names, for another."""
    if name in FORMATS:
        return FORMATS[name]
    alike = near(name)
    hint = None if alike else f"formats: {', '.join(FORMATS)}"
    raise UnknownName(f"there is no export format '{name}'", near=alike, hint=hint)


def export(
    format: str,
    material: Material,
    *,
    table: str | None = None,
    **own: str | None,
) -> list[ExportFile]:
    """The files of an export: one, and its `<name>.about.json` where the format has no place for a
    description.

    table: `events`, `statements` or `citations`, for `csv` and `csv-safe` only (default `statements`).
    own: `at` (EDTF; what may have been there by then), `relation` (only citations of these, by commas),
    `around`, `depth` and `direction` (only citations in the network of a node).
    UnknownName: no such format, table, relation or node. UsageError: a filter that this format or table does
    not take.
    """
    chosen = find_format(format)
    holds = table_of(chosen, table, given(material, own))
    selection = select(material, **own)
    written = chosen.function(selection, holds)
    name = _name(chosen, chosen.holds or holds, selection)
    files = [ExportFile(name, chosen.media_type, written.content, written.description.as_json())]
    if chosen.sidecar:
        about = {"file": name, "format": chosen.name, **written.description.as_json(), **(written.more or {})}
        files.append(ExportFile(f"{name}.about.json", "application/json", json_bytes(about)))
    return files


def table_of(chosen: Format, table: str | None, filters: Iterable[str]) -> str:
    """The table that a format writes, empty where it writes none. Raises as `export`."""
    name = "" if not chosen.tables else DEFAULT_TABLE if table is None else table
    if table is not None and not chosen.tables:
        takers = " and ".join(each.name for each in FORMATS.values() if each.tables)
        raise UsageError(f"'{chosen.name}' takes no table", hint=f"{takers} do")
    if chosen.tables and name not in TABLES:
        near = get_close_matches(name, TABLES, n=3, cutoff=0.4)
        hint = None if near else f"tables: {', '.join(TABLES)}"
        said = f"there is no table '{name}'" if name else "'table' is empty"
        raise UnknownName(said, near=near, hint=hint)
    takes = taken(chosen, name)
    wrong = sorted(set(filters) & set(ALL_FILTERS) - set(takes))
    if wrong:
        taker = f"the table of {name}" if name else f"'{chosen.name}'"
        raise UsageError(f"{taker} takes no filter '{wrong[0]}'", hint=f"it takes: {', '.join(takes)}")
    return name


def _name(chosen: Format, holds: str, selection: Selection) -> str:
    """`onrecord-<what it holds>-<dataset hash>[-<hash of the filters>]<suffix>`; what the description is to
    tell counts as a filter here, since it makes another file.
    """
    parts = ["onrecord", holds, selection.material.about.dataset_hash[:8]]
    since = selection.material.about.corrections_since
    asked = {**selection.filters, **({CORRECTIONS_SINCE: since} if since else {})}
    if asked:
        text = "\n".join(f"{name}={value}" for name, value in asked.items())
        parts.append(sha256(text.encode()).hexdigest()[:6])
    return "-".join(part for part in parts if part) + chosen.suffix
