"""The app's own scripts that are no components; a page works without them, only less well."""

import streamlit as st

from parts import component

NAMES = ("search", "copy")


def load() -> None:
    """Asks the browser for the scripts. Nothing of the record stands in this markup."""
    tags = "".join(
        f'<script type="module" src="{component.file_address(f"{name}.js")}"></script>' for name in NAMES
    )
    st.html(tags, unsafe_allow_javascript=True)
