"""`/doc/capture/<slug>.txt`: the very text that `start` and `end` slice, where its licence allows."""

from collections.abc import Mapping
from typing import Any, get_args

from starlette.requests import Request
from starlette.responses import Response

from onrecord.model.licence import LICENCES, Licence
from onrecord.server.door import Door
from onrecord.server.entity import Thing, leads_to, standing
from onrecord.server.faults import NotFound, NotLicensed
from onrecord.server.representation import represent
from onrecord.workspace import Workspace


async def text(door: Door, request: Request) -> Response:
    """The capture, byte for byte as it was read: decoded as UTF-8 its code points are those of the offsets.

    403 where no licence allows it, whatever is at hand; 404 where nothing has the address, and where the text
    is not here or is not the one that was read.
    """
    thing = Thing(f"id/capture/{request.path_params['slug']}")

    def work(workspace: Workspace) -> Response:
        now = standing(workspace, thing)
        if now != thing:
            return leads_to(f"{now.document}.txt", 301)
        slug = thing.path.rpartition("/")[2]
        source = source_of(workspace, slug)
        if source is None:
            raise NotFound(f"'{slug}' has no text of its own", hint=f"{thing.document}.html says what it is")
        licence = licence_of(workspace, source)
        held = workspace.snapshot.manifest.sources[source]
        if licence is None:
            raise NotLicensed(
                f"the text of '{source}' is not ours to give: no licence to publish it is on record",
                hint=f"read it where it was published: {_elsewhere(held)}",
            )
        content = workspace.capture_text(source)
        if content is None:
            raise NotFound(
                f"the text of '{source}' is not here, or is not the one that was read",
                hint=f"its SHA-256 is {held['sha256']}; it was published here: {_elsewhere(held)}",
            )
        links = [
            f'<{LICENCES[licence]}>; rel="license"',
            f'<{workspace.snapshot.manifest.base}{thing.path}>; rel="describedby"',
        ]
        headers = {"Link": ", ".join(links)}
        return represent(
            request, content.encode(), "text/plain", workspace.snapshot.path.name, headers=headers
        )

    return await door.record.run(request, work)


def source_of(workspace: Workspace, capture: str) -> str | None:
    """The source whose text a capture is; None where it has none."""
    sources = workspace.snapshot.manifest.sources
    return next((slug for slug, held in sources.items() if held.get("capture") == capture), None)


def licence_of(workspace: Workspace, source: str) -> Licence | None:
    """The licence under which a source's text may be given out."""
    named = workspace.snapshot.manifest.sources[source].get("licence")
    return next((licence for licence in get_args(Licence) if licence == named), None)


def _elsewhere(held: Mapping[str, Any]) -> str:
    """Where a reader finds the text itself."""
    return str(held.get("url") or f"“{held['title']}”, {held['publisher']}")
