"""The command that writes files for other tools."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from onrecord.cli.door import Door, at_door
from onrecord.cli.outfile import beside, out_file
from onrecord.cli.questions import pairs
from onrecord.cli.render import as_text
from onrecord.errors import UsageError
from onrecord.snapshot.disk import replace_file, storage_errors

_ELSEWHERE = "to write to standard output leave out --out"


@click.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.argument("name", required=False, metavar="FORMAT")
@click.argument("filters", nargs=-1, type=click.UNPROCESSED, metavar="[--FILTER VALUE]...")
@click.option("--list", "listing", is_flag=True, help="The formats and what reads them.")
@click.option("--out", metavar="FILE", help="File to write [standard output].")
@at_door
def export(door: Door, *, name: str | None, filters: Sequence[str], listing: bool, out: str | None) -> int:
    """Writes the citation graph, statements or events as a file for another tool.

    Filters are those of the questions timeline and who-said-what, --q WORDS for events, and --at,
    --relation, --table, --lanes. Each file tells the corrections of the record; with --corrections-since
    those after an entry, a version or a date.

    \b
    onrecord export --list
    onrecord export gexf --out citations.gexf
    onrecord export csv --table statements --speaker margot-james --out said.csv
    onrecord export bibtex --source gponline
    onrecord export turtle --corrections-since correction-3
    onrecord export svg --lanes actor --from 2018 --out timeline.svg
    """
    if listing or name is None:
        rows = [
            {"format": f.name, "for": f.for_tool, "title": f.title} for f in door.workspace.export_formats()
        ]
        click.echo(as_text(["format", "for", "title"], rows))
        return 0
    path = None if out is None else out_file("--out", out, _ELSEWHERE)
    main, *sidecars = door.ready().export(name, pairs(name, filters))
    if path is None:
        sys.stdout.buffer.write(main.content)
        sys.stdout.buffer.flush()
        if sidecars:
            licence = json.loads(sidecars[0].content).get("licence")
            door.say(f"licence: {licence}; with --out a file {sidecars[0].name} says the rest")
        return 0
    about = [(beside("--out", path, ".about.json"), side.content) for side in sidecars]
    for target, content in [(path, main.content), *about]:
        _write(target, content)
        door.say(f"{target}: {len(content)} bytes")
    return 0


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all. A place that can't be is the caller's word, a full or barred disk is not."""
    try:
        replace_file(path, content)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError, PermissionError) as error:
        raise UsageError(
            f"{path}: can't be written: {error.strerror}", hint="name another file with --out"
        ) from None
    except OSError as error:
        with storage_errors(path, "name another file with --out"):
            raise error
