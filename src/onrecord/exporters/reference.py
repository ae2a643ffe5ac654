"""The generated part of `docs/exports.md`; `python -m onrecord.exporters.reference PAGE` renews it.

A test compares the page with what this writes, so that it can't rot.
"""

import sys
from pathlib import Path

from onrecord.exporters import edges, tables
from onrecord.exporters.formats import DEFAULT_TABLE, FORMATS, TABLES
from onrecord.exporters.network import EDGE_ATTRIBUTES, NODE_ATTRIBUTES

BEGIN, END = "<!-- generated: begin -->", "<!-- generated: end -->"


def generated() -> str:
    """The tables of formats, filters and columns, in Markdown."""
    lines = ["| format | what it is | made for | file | description |", "|---|---|---|---|---|"]
    for each in FORMATS.values():
        holds = each.holds or "TABLE"
        place = "`….about.json` beside it" if each.sidecar else "inside"
        name = f"`onrecord-{holds}-…{each.suffix}`"
        lines.append(f"| `{each.name}` | {each.title} | {each.for_tool} | {name} | {place} |")
    lines += ["", "| table | filters |", "|---|---|"]
    for name, filters in TABLES.items():
        usual = " (unless told)" if name == DEFAULT_TABLE else ""
        lines.append(f"| `{name}`{usual} | {_words(dict.fromkeys(filters))} |")
    lines += ["", "| columns and attributes | |", "|---|---|"]
    parts = {
        "`statements`, at least": tables.STATEMENT_COLUMNS,
        "`events`, at least": tables.EVENT_COLUMNS,
        "`citations`": edges.CITATION_COLUMNS,
        "`edges-csv`, besides": edges.MEASURE_COLUMNS,
        "nodes of `gexf` and `graphml`": NODE_ATTRIBUTES,
        "edges of `gexf` and `graphml`": EDGE_ATTRIBUTES,
    }
    lines += [f"| {name} | {_words(dict.fromkeys(columns))} |" for name, columns in parts.items()]
    return "\n".join(lines)


def _words(names: dict[str, None]) -> str:
    return " ".join(f"`{name}`" for name in names)


def renewed(page: str) -> str:
    """The page with its generated part written anew."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{generated()}\n{END}{after}"


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_text(renewed(path.read_text(encoding="utf-8")), encoding="utf-8")
