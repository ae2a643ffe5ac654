"""`/export/<format>?<filters>`: files for other tools, and `….about.json` for those that can't describe
themselves."""

from starlette.requests import Request
from starlette.responses import Response

from onrecord.errors import UnknownName
from onrecord.exporters import find_format
from onrecord.server.door import Door
from onrecord.server.faults import NotFound
from onrecord.server.representation import represent
from onrecord.server.request import address_pairs, single
from onrecord.workspace import Workspace

_ABOUT = ".about.json"


async def export(door: Door, request: Request) -> Response:
    """One file of an export; `Link` with `describedby` leads to the description that stands beside it."""
    asked: str = request.path_params["name"]
    name = asked.removesuffix(_ABOUT)
    given = single(address_pairs(request))

    def work(workspace: Workspace) -> Response:
        try:
            chosen = find_format(name)
        except UnknownName as error:
            raise NotFound(error.message, near=error.near, hint=error.hint) from None
        if asked != name and not chosen.sidecar:
            raise NotFound(f"'{name}' describes itself inside", hint=f"/export/{name} is the file")
        files = workspace.export(name, given)
        file = files[0] if asked == name else files[1]
        headers = {"Content-Disposition": f'attachment; filename="{file.name}"'}
        if len(files) > 1 and asked == name:
            query = request.url.query
            about = f"/export/{name}{_ABOUT}" + (f"?{query}" if query else "")
            headers["Link"] = f'<{about}>; rel="describedby"; type="application/json"'
        return represent(
            request, file.content, file.media_type, workspace.snapshot.path.name, headers=headers
        )

    return await door.record.run(request, work)
