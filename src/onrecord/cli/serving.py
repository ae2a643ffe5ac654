"""The command that serves the HTTP interface."""

import click

from onrecord.cli.browser import require_free
from onrecord.cli.door import Door, at_door


@click.command()
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8080, show_default=True, envvar="PORT", help="Port."
)
@click.option("--address", default="127.0.0.1", show_default=True, help="Address to listen on.")
@at_door
def serve(door: Door, *, port: int, address: str) -> int:
    """Serves the HTTP interface: SPARQL, linked data, questions, search and exports; read-only.

    Listens on this machine only; --address 0.0.0.0 lets others in. A snapshot that is built later is taken up
    without a restart. One line of JSON a request goes to stderr (-q: none), without what was asked.

    \b
    onrecord serve
    onrecord serve --port 8600
    """
    from onrecord.server.listening import serve as listen

    require_free(address, port)
    workspace = door.ready()
    workspace.close()
    host = f"[{address}]" if ":" in address else address
    door.say(f"onrecord listens on http://{host}:{port}/sparql (stop with Ctrl-C)")
    listen(workspace.settings, workspace.limits, address=address, port=port, quiet=door.options.verbosity < 0)
    return 0
