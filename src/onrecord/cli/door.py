"""What every command does at the door: open the workspace, print findings, speak to people on stderr."""

import json
import sys
from collections.abc import Callable, Iterable
from functools import update_wrapper
from typing import Any, TypeVar

import click

from onrecord.cli.options import Globals, global_options, globals_of, merge
from onrecord.findings import Finding, errors
from onrecord.workspace import Workspace, open_workspace

R = TypeVar("R")


class Door:
    """A command's view of its options and of the workspace."""

    def __init__(self, options: Globals) -> None:
        self.options = options
        self.workspace: Workspace = open_workspace(
            options.data, options.snapshot, options.captures, options.endpoint
        )

    def say(self, text: str) -> None:
        """A message for people, on stderr, unless `-q`."""
        if self.options.verbosity >= 0:
            click.echo(text, err=True)

    def ready(self) -> Workspace:
        """The workspace with a snapshot, built now if there was none."""
        self.workspace.ensure(self.say, self.progress)
        return self.workspace

    def asked(self) -> Workspace:
        """The workspace with something that answers queries: a snapshot, or a remote engine alone."""
        if self.workspace.is_remote_alone():
            remote = self.workspace.gateway.remote
            assert remote is not None  # noqa: S101  there is an endpoint
            remote.warm()
            self.say(f"no snapshot here: {remote.endpoint} answers, with dataset {remote.dataset_hash}")
            return self.workspace
        return self.ready()

    def progress(self, step: str, number: int, of: int) -> None:
        """A line that is written over, on a terminal only; with `-v` a line a step anywhere."""
        if self.options.verbosity > 0:
            click.echo(f"[{number}/{of}] {step}", err=True)
        elif self.options.verbosity == 0 and sys.stderr.isatty():
            bar = "█" * number + "░" * (of - number)
            click.echo(f"\r{bar} {step:<16}", err=True, nl=number == of)

    def print_findings(self, findings: Iterable[Finding], **more: Any) -> None:
        """Findings like a compiler's on stderr, or one JSON object on stdout."""
        listed = list(findings)
        if self.options.format == "json":
            click.echo(json.dumps({**more, "findings": [f.as_json() for f in listed]}, ensure_ascii=False))
            return
        for finding in listed:
            if finding.severity != "note" or self.options.verbosity > 0:
                click.echo(str(finding), err=True)


def status_of(findings: Iterable[Finding]) -> int:
    """Exit status 1 where there is an error among the findings, else 0."""
    return 1 if errors(findings) else 0


def at_door(function: Callable[..., R]) -> Callable[..., R]:
    """Gives a command its global options and a `Door` as first argument."""

    @click.pass_context
    def command(context: click.Context, /, *args: Any, **kwargs: Any) -> R:
        merge(context, kwargs)
        door = Door(globals_of(context))
        with door.workspace:
            return function(door, *args, **kwargs)

    return global_options(update_wrapper(command, function))
