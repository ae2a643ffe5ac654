"""Code for other people's pages: a statement as a card, the timeline as a drawing with its list."""

from collections.abc import Mapping

from onrecord.exporters.embed import body_of
from parts import address, citation, record
from parts.markup import part, plain, show


def code(name: str, given: Mapping[str, str]) -> str:
    """What of an export that is a page is to be put into another page."""
    return body_of(record.export(name, given)[0].content)


def section(statement: str) -> None:
    """The code of a card and its download; it fetches nothing wherever it stands."""
    given = {"statement": statement}
    name, body = record.export("card", given)[0].name, code("card", given)
    page = address.exported("card", given)
    show(
        part("Embed it")
        + "<p>A card as plain HTML with its styles inside: no script, nothing fetched, the citation in it."
        '</p><div class="or-actions">'
        f'<span class="or-copying">{citation.copy_button("Copy the code", body)}</span>'
        f'<a href="{plain(page)}" download="{plain(name)}">Download as a page</a></div>'
        '<details class="or-selectable"><summary>The code</summary>'
        f'<pre class="or-cited" tabindex="0" aria-label="Code of the card">{plain(body)}</pre></details>'
    )
