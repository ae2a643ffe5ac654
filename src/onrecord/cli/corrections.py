"""Commands on the correction log: correct, retract."""

import json
import os
from datetime import UTC, datetime

import click

from onrecord.cli.door import Door, at_door
from onrecord.errors import UsageError
from onrecord.model import Correction

_REASON = click.option("--reason", required=True, metavar="TEXT", help="What was wrong, in one line.")
_DATE = click.option(
    "--date", metavar="EDTF", help="When the correction was made [the day of SOURCE_DATE_EPOCH, else today]."
)


@click.command()
@click.argument("slug")
@_REASON
@_DATE
@at_door
def correct(door: Door, *, slug: str, reason: str, date: str | None) -> int:
    """Adds to the correction log that a record was corrected, and why.

    Correct the record in its file first; SLUG is its id. The entry keeps the checksum of the record as it is
    now and as it was published, and is chained to the entry before it: `verify` finds an entry that was
    edited, moved or removed.

    \b
    onrecord correct valley-wire-vale-letter --reason "The speaker is the deputy, not the chair."
    """
    _tell(door, door.workspace.correct(slug, reason, _today() if date is None else date))
    return 0


@click.command()
@click.argument("slug")
@_REASON
@_DATE
@at_door
def retract(door: Door, *, slug: str, reason: str, date: str | None) -> int:
    """Adds to the correction log that a record is taken back, and why.

    The record stays in its file and keeps its address. Questions leave it out and say how many they left out;
    asked for by its own name it is shown with the date and the reason.

    \b
    onrecord retract valley-wire-vale-letter --reason "Not printed there." --date 2018-11-02
    """
    _tell(door, door.workspace.retract(slug, reason, _today() if date is None else date))
    return 0


def _tell(door: Door, entry: Correction) -> None:
    if door.options.format == "json":
        click.echo(json.dumps(entry.model_dump(), ensure_ascii=False))
        return
    path = door.workspace.settings.data / "corrections.jsonl"
    click.echo(f"{path}:{entry.number}: {entry.kind} {entry.slug} ({entry.date})")
    if entry.kind == "correct" and entry.before is None:
        door.say("what the record was before is not known: no published snapshot holds it otherwise")
    door.say("onrecord build publishes it")


def _today() -> str:
    """The one place where the log meets a clock; in UTC."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(UTC).date().isoformat()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        raise UsageError(
            f"SOURCE_DATE_EPOCH is {epoch!r}; expected seconds since 1970", hint="or give --date"
        ) from None
