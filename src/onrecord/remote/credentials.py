"""Name and password, sent only after the engine has asked for them, in the way that it asks."""

from collections.abc import Generator

import httpx

Flow = Generator[httpx.Request, httpx.Response, None]


class Credentials(httpx.Auth):
    """Digest (RFC 7616) where the engine offers it, else Basic (RFC 7617); chosen at its first 401."""

    def __init__(self, user: str, password: str) -> None:
        self._digest = httpx.DigestAuth(user, password)
        self._basic = httpx.BasicAuth(user, password)
        self._chosen: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Flow:
        if self._chosen is not None:
            yield from self._chosen.auth_flow(request)
            return
        response = yield request
        if response.status_code != 401:
            return
        offered = " ".join(response.headers.get_list("WWW-Authenticate")).lower()
        if "digest" in offered:
            self._chosen = self._digest
        elif "basic" in offered:
            self._chosen = self._basic
        if self._chosen is not None:
            yield from self._chosen.auth_flow(request)
