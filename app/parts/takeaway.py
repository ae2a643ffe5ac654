"""What a reader takes home from the timeline: the address, a table, the drawing, code for another page."""

from urllib.parse import urlencode

from parts import address, facets, picture, record
from parts.markup import plain, show

_FORMATS = (("csv", "Table (CSV)"), ("svg", "Drawing (SVG)"), ("embed-timeline", "Page to embed (HTML)"))


def export_address(name: str, lanes: str) -> str:
    """The address of an export with the filters of this page."""
    given = facets.given()
    if name in ("csv", "csv-safe"):
        given["table"] = "events"
    elif lanes != "kind":
        given["lanes"] = lanes
    return f"/export/{name}" + (f"?{urlencode(given)}" if given else "")


def draw(lanes: str) -> None:
    """Links to files on this server, and what the browser itself does."""
    links = " ".join(
        f'<a href="{plain(export_address(name, lanes))}" download>{label}</a>' for name, label in _FORMATS
    )
    show(f'<nav class="or-takeaway" aria-label="Take it with you"><span>Download:</span> {links}</nav>')
    picture.buttons(export_address("svg", lanes), "timeline")


def embed(lanes: str) -> None:
    """The code of a static timeline, shown to be copied."""
    if address.given("code") != "1":
        to = address.link("timeline", **facets.state(), code="1")
        show(f'<p class="or-embedding"><a href="{plain(to)}">Show the code to embed this timeline</a></p>')
        return
    given = facets.given() | ({"lanes": lanes} if lanes != "kind" else {})
    page = record.export("embed-timeline", given)[0].content.decode()
    body = page.partition("<body>\n")[2].rpartition("\n</body>")[0]
    close = address.link("timeline", **facets.state())
    show(
        '<section class="or-embedding" aria-label="Code to embed"><h2>Embed this timeline</h2>'
        "<p>Plain HTML with the drawing inside: no script, nothing fetched, citation and licence in it.</p>"
        f'<textarea readonly rows="8" aria-label="Code to copy">{plain(body)}</textarea>'
        f'<p><a href="{plain(close)}">Close the code</a></p></section>'
    )
