"""Options that every command takes, before or after its name."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Globals:
    """The global options as given; None where neither place named one."""

    data: str | None = None
    snapshot: str | None = None
    captures: str | None = None
    endpoint: str | None = None
    format: str = "text"
    verbosity: int = 0


_OPTIONS = (
    click.option(
        "--data", metavar="DIR", help="Folder with onrecord.toml [./data, else the packaged record]."
    ),
    click.option("--snapshot", metavar="DIR", help="Folder of the snapshots [.onrecord beside the data]."),
    click.option(
        "--captures", metavar="DIR", help="Folder with the full texts of the sources [.onrecord/captures]."
    ),
    click.option(
        "--endpoint",
        metavar="URL",
        help="Remote SPARQL engine that answers queries [ONRECORD_ENDPOINT, else onrecord.toml, else none].",
    ),
    click.option("--format", type=click.Choice(["text", "json"]), help="How findings are printed [text]."),
    click.option("-q", "--quiet", is_flag=True, help="No progress, no notes."),
    click.option("-v", "--verbose", is_flag=True, help="Say more; show the traceback of an internal error."),
)
_NAMES = ("data", "snapshot", "captures", "endpoint", "format", "quiet", "verbose")


def global_options(function: F) -> F:
    """Adds the global options to a command."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def merge(context: click.Context, given: dict[str, Any]) -> None:
    """Puts the global options of this place over those of the place before; keeps them in `context.obj`."""
    before: dict[str, Any] = context.obj if isinstance(context.obj, dict) else {}
    here = {name: given.pop(name) for name in _NAMES if name in given}
    context.obj = before | {name: value for name, value in here.items() if value not in (None, False)}


def globals_of(context: click.Context) -> Globals:
    """The global options that are in force."""
    values: dict[str, Any] = context.obj if isinstance(context.obj, dict) else {}
    return Globals(
        data=values.get("data"),
        snapshot=values.get("snapshot"),
        captures=values.get("captures"),
        endpoint=values.get("endpoint"),
        format=values.get("format", "text"),
        verbosity=bool(values.get("verbose")) - bool(values.get("quiet")),
    )
