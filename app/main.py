"""The app: one masthead, one page at a time. `onrecord app` runs it."""

from pathlib import Path

import streamlit as st

from parts import address, masthead

st.set_page_config(page_title="onrecord", page_icon=str(Path(__file__).with_name("icon.png")), layout="wide")
page = st.navigation(
    [
        st.Page("pages/timeline.py", title="Timeline · onrecord", default=True),
        st.Page("pages/said.py", title="Who said what · onrecord", url_path=address.PATHS["said"]),
        st.Page("pages/query.py", title="Query · onrecord", url_path=address.PATHS["query"]),
    ],
    position="hidden",
)
masthead.draw(page.url_path or "timeline")
page.run()
