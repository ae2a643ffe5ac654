"""The one way to write an export: a format by name, the material, and what is asked of it."""

from collections.abc import Iterable
from difflib import get_close_matches
from hashlib import sha256

from onrecord.errors import UnknownName, UsageError
from onrecord.exporters.description import json_bytes
from onrecord.exporters.formats import DEFAULT_TABLE, FORMATS, TABLES, Format
from onrecord.exporters.material import ExportFile, Material
from onrecord.exporters.selection import Selection, given, select


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
    relation: str | None = None,
    at: str | None = None,
) -> list[ExportFile]:
    """The files of an export: one, and its `<name>.about.json` where the format has no place for a
    description.

    table: `events`, `statements` or `citations`, for `csv` and `csv-safe` only (default `statements`).
    relation: only citations of this relation. at: EDTF; what may have been there by then.
    UnknownName: no such format or table. UsageError: a filter that this format or table does not take.
    """
    chosen = find_format(format)
    holds = table_of(chosen, table, given(material, relation, at))
    selection = select(material, relation=relation, at=at)
    written = chosen.function(selection, holds)
    name = _name(chosen, chosen.holds or holds, selection)
    files = [ExportFile(name, chosen.media_type, written.content, written.description.as_json())]
    if chosen.sidecar:
        about = {"file": name, "format": chosen.name, **written.description.as_json(), **(written.more or {})}
        files.append(ExportFile(f"{name}.about.json", "application/json", json_bytes(about)))
    return files


def table_of(chosen: Format, table: str | None, filters: Iterable[str]) -> str:
    """The table that a format writes, empty where it writes none. Raises as `export`."""
    if not chosen.tables:
        if table is not None:
            takers = " and ".join(each.name for each in FORMATS.values() if each.tables)
            raise UsageError(f"'{chosen.name}' takes no table", hint=f"{takers} do")
        return ""
    name = DEFAULT_TABLE if table is None else table
    if name not in TABLES:
        near = get_close_matches(name, TABLES, n=3, cutoff=0.4)
        hint = None if near else f"tables: {', '.join(TABLES)}"
        raise UnknownName(f"there is no table '{name}'", near=near, hint=hint)
    known = {each for takes in TABLES.values() for each in takes}
    wrong = sorted(set(filters) & known - set(TABLES[name]))
    if wrong:
        raise UsageError(
            f"the table of {name} takes no filter '{wrong[0]}'", hint=f"it takes: {', '.join(TABLES[name])}"
        )
    return name


def _name(chosen: Format, holds: str, selection: Selection) -> str:
    """`onrecord-<what it holds>-<dataset hash>[-<hash of the filters>]<suffix>`."""
    parts = ["onrecord", holds, selection.material.about.dataset_hash[:8]]
    if selection.filters:
        text = "\n".join(f"{name}={value}" for name, value in selection.filters.items())
        parts.append(sha256(text.encode()).hexdigest()[:6])
    return "-".join(part for part in parts if part) + chosen.suffix
