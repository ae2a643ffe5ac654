"""The command line: one of three doors to the facade.

Exit status: 0 clean, 1 findings, 2 usage or configuration, 3 unavailable or over a limit. Results go to
stdout, messages and progress to stderr. Commands are imported when they are called, so that `onrecord ask`
from cold does not pay for a build.
"""

import importlib
import sys
import traceback
from io import TextIOWrapper
from typing import Any, cast

import click

from onrecord.cli.options import global_options, merge
from onrecord.errors import FindingsError, OnRecordError, QueryRefused
from onrecord.snapshot.disk import is_full

_COMMANDS = {
    "build": "files",
    "check": "files",
    "fmt": "files",
    "anchor": "files",
    "verify": "files",
    "correct": "corrections",
    "retract": "corrections",
    "ask": "questions",
    "search": "questions",
    "query": "questions",
    "limits": "questions",
    "export": "exports",
    "publish": "publication",
    "app": "browser",
    "serve": "serving",
}


class _Commands(click.Group):
    """Commands by name; the module of a command is imported when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click calls it so
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"onrecord.cli.{_COMMANDS[cmd_name]}")
        return cast(click.Command, getattr(module, cmd_name))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in _COMMANDS and not name.startswith("-"):
            import difflib

            near = difflib.get_close_matches(name, _COMMANDS, n=2)
            hint = f" Did you mean {' or '.join(near)}?" if near else " See onrecord --help."
            raise click.UsageError(f"No such command '{name}'.{hint}", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="onrecord", prog_name="onrecord")
@global_options
@click.pass_context
def onrecord(context: click.Context, /, **given: Any) -> None:
    """The public record of a policy: who said what, when, in which office, and where it is printed.

    \b
    onrecord build                                      files → checked, published snapshot
    onrecord ask who-said-what --speaker margot-james   exact words with their source
    onrecord ask --list                                 the questions and their parameters
    onrecord search "hostile environment"               full text
    onrecord verify --captures DIR                      proves that no quotation was altered
    onrecord app                                        opens the timeline in the browser
    """
    merge(context, given)


def main(arguments: list[str] | None = None) -> None:
    """Runs the command line and exits with its status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # what is on record is UTF-8, whatever the locale says
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: list[str]) -> int:
    """Runs the command line; returns the exit status. No error leaves as a traceback."""
    verbose = "-v" in arguments or "--verbose" in arguments
    try:
        result = onrecord.main(arguments, prog_name="onrecord", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        error.show()
        return 2
    except OnRecordError as error:
        _print_error(error, as_json="json" in _format_of(arguments))
        return error.status
    except (KeyboardInterrupt, click.Abort):
        click.echo("stopped", err=True)
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except OSError as error:
        if not is_full(error):
            return _internal(error, verbose=verbose)
        click.echo("onrecord: no space left where the answer is written", err=True)
        return 3
    except Exception as error:  # the last net: a person gets a sentence, not a stack
        return _internal(error, verbose=verbose)


def _internal(error: Exception, *, verbose: bool) -> int:
    if verbose:
        traceback.print_exception(error)
    click.echo(f"onrecord: internal error: {type(error).__name__}: {error}", err=True)
    click.echo("  this is a fault of onrecord; run again with -v and report what it prints", err=True)
    return 3


def _format_of(arguments: list[str]) -> str:
    for index, word in enumerate(arguments):
        if word.startswith("--format="):
            return word.partition("=")[2]
        if word == "--format" and index + 1 < len(arguments):
            return arguments[index + 1]
    return "text"


def _print_error(error: OnRecordError, *, as_json: bool) -> None:
    if isinstance(error, FindingsError):
        _print_findings(error, as_json=as_json)
    place = ""
    if isinstance(error, QueryRefused) and error.line is not None:
        place = f"{error.line}:{error.column}: "
    click.echo(f"onrecord: {place}{error.message}", err=True)
    if error.hint:
        click.echo(f"  {error.hint}", err=True)


def _print_findings(error: FindingsError, *, as_json: bool) -> None:
    if as_json:
        import json

        click.echo(json.dumps({"findings": [f.as_json() for f in error.findings]}, ensure_ascii=False))
        return
    for finding in error.findings:
        if finding.severity != "note":
            click.echo(str(finding), err=True)
