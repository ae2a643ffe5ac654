"""The server: the app (`shell.py`) and the HTTP interface on one port. `onrecord app` runs it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware

from onrecord.server.beside import Beside
from parts import address, chart, component, frame, record


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Ends the workers of the record with the server."""
    try:
        yield
    finally:
        record.served().close()


app = st.App(
    "shell.py",
    lifespan=lifespan,
    routes=[component.route(), chart.route(), *frame.routes()],
    middleware=[Middleware(Beside, open_record=record.served, pages=address.of_entity, absent=frame.absent)],
)
