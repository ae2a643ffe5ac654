"""The one way to write an export: a format by name, the material, and what is asked of it."""

from difflib import get_close_matches
from hashlib import sha256

from onrecord.errors import UnknownName, UsageError
from onrecord.exporters.description import json_bytes
from onrecord.exporters.formats import DEFAULT_TABLE, FORMATS, TABLES, Format
from onrecord.exporters.material import ExportFile, Material
from onrecord.exporters.selection import Selection, select


def find_format(name: str) -> Format:
    """The format of that name. UnknownName, with near names, for another."""
    if name in FORMATS:
        return FORMATS[name]
    near = get_close_matches(name.lower(), FORMATS, n=3, cutoff=0.4)
    hint = None if near else f"formats: {', '.join(FORMATS)}"
    raise UnknownName(f"there is no export format '{name}'", near=near, hint=hint)


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
    holds = _table(chosen, table)
    selection = select(material, relation=relation, at=at)
    if chosen.tables:
        _check_filters(holds, selection)
    written = chosen.function(selection, holds)
    name = _name(chosen, chosen.holds or holds, selection)
    files = [ExportFile(name, chosen.media_type, written.content)]
    if chosen.sidecar:
        about = {"file": name, "format": chosen.name, **written.description.as_json(), **(written.more or {})}
        files.append(ExportFile(f"{name}.about.json", "application/json", json_bytes(about)))
    return files


def _table(chosen: Format, table: str | None) -> str:
    if table is None:
        return DEFAULT_TABLE if chosen.tables else ""
    if not chosen.tables:
        takers = " and ".join(each.name for each in FORMATS.values() if each.tables)
        raise UsageError(f"'{chosen.name}' takes no table", hint=f"{takers} do")
    if table not in TABLES:
        near = get_close_matches(table, TABLES, n=3, cutoff=0.4)
        hint = None if near else f"tables: {', '.join(TABLES)}"
        raise UnknownName(f"there is no table '{table}'", near=near, hint=hint)
    return table


def _check_filters(table: str, selection: Selection) -> None:
    wrong = sorted(selection.filters.keys() - set(TABLES[table]))
    if wrong:
        raise UsageError(
            f"the table of {table} takes no filter '{wrong[0]}'", hint=f"it takes: {', '.join(TABLES[table])}"
        )


def _name(chosen: Format, holds: str, selection: Selection) -> str:
    """`onrecord-<what it holds>-<dataset hash>[-<hash of the filters>]<suffix>`."""
    parts = ["onrecord", holds, selection.material.about.dataset_hash[:8]]
    if selection.filters:
        text = "\n".join(f"{name}={value}" for name, value in selection.filters.items())
        parts.append(sha256(text.encode()).hexdigest()[:6])
    return "-".join(part for part in parts if part) + chosen.suffix
