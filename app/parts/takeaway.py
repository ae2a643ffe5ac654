"""What a reader takes home from the timeline: the address, a table, the drawing, code for another page."""

from parts import address, embedding, facets, files, picture
from parts.markup import plain, show

_FORMATS = {"csv": "Table (CSV)", "svg": "Drawing (SVG)", "embed-timeline": "Page to embed (HTML)"}


def _given(lanes: str) -> dict[str, str]:
    """What a drawing of this page is asked with."""
    return facets.given() | ({"lanes": lanes} if lanes != "kind" else {})


def draw(lanes: str) -> None:
    """Links to files on this server, and what the browser itself does."""
    asked = dict.fromkeys(_FORMATS, _given(lanes)) | {"csv": {**facets.given(), "table": "events"}}
    links = " ".join(files.link(name, asked[name], label) for name, label in _FORMATS.items())
    show(f'<nav class="or-takeaway" aria-label="Take it with you"><span>Download:</span> {links}</nav>')
    picture.buttons("svg", "timeline")


def embed(lanes: str) -> None:
    """The code of a static timeline, shown to be copied."""
    if address.given("code") != "1":
        to = address.link("timeline", **facets.state(), code="1")
        show(f'<p class="or-embedding"><a href="{plain(to)}">Show the code to embed this timeline</a></p>')
        return
    body = embedding.code("embed-timeline", _given(lanes))
    close = address.link("timeline", **facets.state())
    show(
        '<section class="or-embedding" aria-label="Code to embed"><h2>Embed this timeline</h2>'
        "<p>Plain HTML with the drawing inside: no script, nothing fetched, citation and licence in it.</p>"
        f'<textarea readonly rows="8" aria-label="Code to copy">{plain(body)}</textarea>'
        f'<p><a href="{plain(close)}">Close the code</a></p></section>'
    )
