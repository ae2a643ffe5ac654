"""The app's pages. Each draws itself whole: the first address asked may be any."""

import streamlit as st

from parts import address, fields, files

st.navigation(
    [
        st.Page(f"pages/{page}.py", title=title, url_path=address.PATHS[page], default=page == address.START)
        for page, title in address.PAGES.items()
    ],
    position="hidden",
).run()
files.end()
fields.end()
