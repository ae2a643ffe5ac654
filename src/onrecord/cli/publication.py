"""The command that puts a snapshot into a remote engine."""

import json
import os
from pathlib import Path

import click

from onrecord.cli.door import Door, at_door
from onrecord.endpoint import Endpoint
from onrecord.errors import UsageError


@click.command()
@click.option("--to", metavar="URL", help="The engine: its address for queries, or for graphs [--endpoint].")
@click.option("--graph-store", metavar="URL", help="Its address for graphs, where --to does not tell it.")
@click.option(
    "--nquads",
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="Write N-Quads for its own loader instead.",
)
@click.option("--loaded", is_flag=True, help="Its own loader has brought them in: compare and note them.")
@at_door
def publish(door: Door, *, to: str | None, graph_store: str | None, nquads: str | None, loaded: bool) -> int:
    """Puts the snapshot into a remote SPARQL engine, for --endpoint, and compares what arrived.

    Graph by graph through the Graph Store Protocol, replacing what was published there before. Until
    everything was compared onrecord does not ask the engine; after a publication that broke off, run it
    again. A name and password come from ONRECORD_ENDPOINT_AUTH (name:password) and are sent only in
    answer to the engine's question.

    \b
    onrecord publish --to http://127.0.0.1:7878/query
    ONRECORD_ENDPOINT_AUTH=dba:secret onrecord publish --to http://127.0.0.1:8890/sparql
    onrecord publish --to http://host/ds/query --graph-store http://host/ds/data
    onrecord publish --nquads record.nq
    onrecord publish --to http://127.0.0.1:7878/query --loaded
    """
    if nquads is not None:
        if to is not None or graph_store is not None or loaded:
            raise UsageError("--nquads writes a file and goes nowhere", hint="leave --to out, or --nquads")
        return _write(door, Path(nquads))
    from onrecord.remote.target import target

    place = target(_engine(door, to), graph_store)
    workspace = door.ready()
    published = workspace.publish(place, door.progress, loaded=loaded)
    if door.options.format == "json":
        graphs = [{**vars(report), "whole": report.whole} for report in published.reports]
        whole = {"complete": published.complete, "dataset_hash": published.dataset_hash, "graphs": graphs}
        whole |= {"answers": not published.different, "different": list(published.different)}
        click.echo(json.dumps(whole))
        return 0 if published.complete else 1
    for report in published.reports:
        if door.options.verbosity > 0 or not report.whole:
            how = "compared" if report.compared else "counted"
            lost = f", {report.missing} missing, {report.added} others" if report.compared else ""
            click.echo(f"{report.graph}: {report.sent} sent, {report.found} there ({how}{lost})")
    sizes = sum(report.sent for report in published.reports)
    if not published.complete:
        click.echo(f"not published: {place.queries} does not hold what was sent, and is not asked now")
        return 1
    if published.different:
        door.say(
            f"note: {place.queries} answers otherwise than our own engine: {', '.join(published.different)}"
        )
        door.say("  so it keeps the record, and a copy of it answers (docs/scaling.md)")
    click.echo(
        f"published to {place.queries}: {len(published.reports)} graphs, {sizes} triples "
        f"(dataset {published.dataset_hash})"
    )
    return 0


def _engine(door: Door, to: str | None) -> Endpoint:
    if to is not None:
        return Endpoint.read(to, os.environ.get("ONRECORD_ENDPOINT_AUTH"))
    endpoint = door.workspace.settings.endpoint
    if endpoint is None:
        raise UsageError("publish where?", hint="onrecord publish --to http://HOST:7878/query")
    return endpoint


def _write(door: Door, path: Path) -> int:
    from onrecord.remote.loading import write_nquads

    count = write_nquads(door.ready().snapshot, path)
    click.echo(f"{path}: {count} quads")
    door.say("load them with the engine's own loader, then: onrecord publish --to URL --loaded")
    return 0
