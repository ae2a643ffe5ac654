"""A statement as a card for other people's pages: code to copy, and the same as a file."""

import streamlit as st

from onrecord.exporters import ExportFile
from onrecord.workspace import Workspace
from parts import citation, record
from parts.markup import plain, show


@st.cache_resource(max_entries=64, show_spinner=False)
def _card(snapshot: str, statement: str, _in: Workspace) -> ExportFile:
    _ = snapshot
    return _in.export("card", {"statement": statement})[0]


def section(statement: str) -> None:
    """The code and the download; the card fetches nothing wherever it stands."""
    workspace = record.workspace()
    file = _card(str(workspace.snapshot.path), statement, workspace)
    page = file.content.decode()
    body = page.partition("<body>\n")[2].rpartition("\n</body>")[0]
    address = citation.export_address("card", statement)
    show(
        '<h2 class="or-part">Embed it</h2>'
        "<p>A card as plain HTML with its styles inside: no script, nothing fetched, the citation in it.</p>"
        '<div class="or-actions">'
        f'<span class="or-copying">{citation.copy_button("Copy the code", body)}</span>'
        f'<a href="{plain(address)}" download="{plain(file.name)}">Download as a page</a></div>'
        '<details class="or-selectable"><summary>The code</summary>'
        f'<pre class="or-cited" tabindex="0" aria-label="Code of the card">{plain(body)}</pre></details>'
    )
