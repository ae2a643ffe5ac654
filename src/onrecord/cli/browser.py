"""The command that opens the app."""

import os
import sys
from typing import NoReturn

import click

from onrecord import resources
from onrecord.cli.door import Door, at_door
from onrecord.errors import Unavailable, UsageError


@click.command()
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8501, show_default=True, envvar="PORT", help="Port."
)
@click.option("--address", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--headless/--browser", default=None, help="Open no browser window, or do [a browser on a terminal]."
)
@at_door
def app(door: Door, *, port: int, address: str, headless: bool | None) -> NoReturn:
    """Opens the timeline in the browser.

    Listens on this machine only; --address 0.0.0.0 lets others in.

    \b
    onrecord app
    onrecord app --port 8600 --headless
    """
    require_address(address)
    require_free(address, port)
    workspace = door.ready()
    workspace.close()
    settings = workspace.settings
    folder = resources.app_dir()
    quiet = headless if headless is not None else not sys.stdout.isatty()
    command = [
        sys.executable, "-m", "streamlit", "run", str(folder / "main.py"),
        "--server.port", str(port), "--server.address", address, "--server.headless", str(quiet).lower(),
    ]  # fmt: skip
    environment = {
        "ONRECORD_DATA": str(settings.data.resolve()),
        "ONRECORD_SNAPSHOT": str(settings.snapshot.resolve()),
    }
    if settings.endpoint is not None:
        given = settings.endpoint
        environment["ONRECORD_ENDPOINT"] = given.url
        environment["ONRECORD_ENDPOINT_AUTH"] = f"{given.user}:{given.password}" if given.user else ""
    if settings.captures.is_dir():
        environment["ONRECORD_CAPTURES"] = str(settings.captures.resolve())
    door.say(f"onrecord listens on http://{address}:{port} (stop with Ctrl-C)")
    os.chdir(folder)
    os.execve(command[0], command, os.environ | environment)  # noqa: S606  so that whoever stops us stops it


def require_address(address: str) -> None:
    """Raises UsageError for an empty address, which a socket takes for every address there is."""
    if not address.strip():
        raise UsageError("--address is empty", hint="127.0.0.1 is this machine only; 0.0.0.0 lets others in")


def require_free(address: str, port: int) -> None:
    """Raises Unavailable where nothing can listen there."""
    import socket

    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise Unavailable(
                f"can't listen on {address}:{port}: {error.strerror}", hint="name another one with --port"
            ) from None
