"""The app: `onrecord app` runs it. Each page draws itself whole: the first address asked may be any."""

import streamlit as st

from parts import address

st.navigation(
    [
        st.Page("pages/timeline.py", title="Timeline", default=True),
        st.Page("pages/said.py", title="Who said what", url_path=address.PATHS["said"]),
        st.Page("pages/query.py", title="Query", url_path=address.PATHS["query"]),
    ],
    position="hidden",
).run()
