"""The command that serves the HTTP interface."""

from ipaddress import ip_network

import click

from onrecord.cli.browser import require_address, require_free
from onrecord.cli.door import Door, at_door
from onrecord.errors import UsageError


@click.command()
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8080, show_default=True, envvar="PORT", help="Port."
)
@click.option("--address", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--proxy", metavar="ADDRESS", help="Address or network of the proxy whose X-Forwarded-For is believed."
)
@at_door
def serve(door: Door, *, port: int, address: str, proxy: str | None) -> int:
    """Serves the HTTP interface: SPARQL, linked data, questions, search and exports; read-only.

    Listens on this machine only; --address 0.0.0.0 lets others in. A snapshot that is built later is taken up
    without a restart. One line of JSON a request goes to stderr (-q: none), without what was asked.

    \b
    onrecord serve
    onrecord serve --port 8600
    onrecord serve --proxy 127.0.0.1
    """
    from onrecord.server.listening import serve as listen

    _require_proxy(proxy)
    require_address(address)
    require_free(address, port)
    workspace = door.ready()
    workspace.close()
    host = f"[{address}]" if ":" in address else address
    door.say(f"onrecord listens on http://{host}:{port}/sparql (stop with Ctrl-C)")
    quiet = door.options.verbosity < 0
    listen(workspace.settings, workspace.limits, address=address, port=port, proxy=proxy, quiet=quiet)
    return 0


def _require_proxy(proxy: str | None) -> None:
    """Raises UsageError for what is neither an address nor a network."""
    if proxy is None:
        return
    try:
        ip_network(proxy)
    except ValueError:
        raise UsageError(
            f"--proxy {proxy} is neither an address nor a network",
            hint="name the proxy as this machine sees it: 127.0.0.1, 10.0.0.0/24",
        ) from None
