"""The address of a remote SPARQL engine: checked once, and never printed with its credentials."""

import re
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit, urlunsplit

from onrecord.errors import ConfigurationError

_ADDRESS = re.compile(r"[!#-;=?-\[\]_a-z~%]+")  # RFC 3986, 2: what a URI is written with
_KINDS = "Oxigraph answers at http://HOST:7878/query, Virtuoso at http://HOST:8890/sparql"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where an engine answers, and with which name and password, if any.

    url: http or https, without user, query part and fragment. user, password: None where none is given.
    """

    url: str
    user: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)

    def __str__(self) -> str:
        return self.url

    def at(self, url: str) -> "Endpoint":
        """Another address of the same engine: the credentials go along only to the same origin."""
        other = Endpoint.read(url)
        if other.user is None and _origin(url) == _origin(self.url):
            return Endpoint(other.url, self.user, self.password)
        return other

    @classmethod
    def read(cls, address: str, authorisation: str | None = None) -> "Endpoint":
        """From `http://user:password@host:port/path`; authorisation: `user:password`, which goes first.

        Raises ConfigurationError for what is no such address; the message holds no password.
        """
        address = address.strip()
        try:
            parts = urlsplit(address)
            host, port = parts.hostname, parts.port
        except ValueError:
            raise _wrong("the address of the endpoint can't be read") from None
        shown = urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
        if parts.scheme not in ("http", "https") or not host or not _ADDRESS.fullmatch(address):
            raise _wrong(f"'{shown}' is not an http or https address")
        if parts.query or parts.fragment:
            raise _wrong(f"the endpoint {shown} has a part after '?' or '#'", "give the address without it")
        if port == 0:
            raise _wrong(f"the endpoint {shown} has no usable port")
        user, colon, password = (authorisation or parts.netloc.rpartition("@")[0]).partition(":")
        if not user:
            return cls(shown)
        if not authorisation:
            user, password = unquote(user), unquote(password)
        return cls(shown, user, password if colon else "")


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)


def _wrong(message: str, hint: str = _KINDS) -> ConfigurationError:
    return ConfigurationError(message, hint=hint)
