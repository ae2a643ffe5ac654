"""Which representation a client gets: `Accept` with quality values (RFC 9110, 12.4.2 and 12.5.1)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from starlette.requests import Request

from onrecord.server.faults import NotAcceptable

# Possessive throughout: a header that is no list of ranges must not be tried in every way there is.
_PARAMETER = r';[ \t]*+(?:[^\s;,="]++=(?:"(?:[^"\\]|\\.)*+"|[^\s;,"]*+)[ \t]*+)?'
_RANGE = re.compile(
    rf"[ \t]*(?P<type>[!#$%&'*+\-.^_`|~0-9A-Za-z]+)/(?P<subtype>[!#$%&'*+\-.^_`|~0-9A-Za-z]+)[ \t]*"
    rf"(?P<parameters>(?:{_PARAMETER})*+)(?:,|$)"
)
_NAMED = re.compile(r';[ \t]*(?:(?P<name>[^\s;,="]+)=(?P<value>"(?:[^"\\]|\\.)*"|[^\s;,"]*))?')
_SHORT = 256
_VALUE = re.compile(r"0(?:\.\d{0,3})?|1(?:\.0{0,3})?")


@dataclass(frozen=True, slots=True, eq=False)  # each is made once, and a key of what was agreed on
class Offer:
    """A representation: the media type that says so, the format's name, and other media types it goes by."""

    media_type: str
    format: str
    aliases: tuple[str, ...] = ()

    @property
    def named(self) -> tuple[str, ...]:
        """Every media type that asks for it, its own first."""
        return (self.media_type, *self.aliases)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was agreed on: the format, and the media type to say in `Content-Type`."""

    format: str
    media_type: str


@dataclass(frozen=True, slots=True)
class _Range:
    type: str
    subtype: str
    quality: float

    def exactness(self, media_type: str) -> int | None:
        """How exactly it names `media_type`: 2 by name, 1 `type/*`, 0 `*/*`; None where it does not."""
        kind, _, subtype = media_type.partition("/")
        if (self.type, self.subtype) == ("*", "*"):
            return 0
        if self.type != kind:
            return None
        return 1 if self.subtype == "*" else 2 if self.subtype == subtype else None


def accepted(request: Request) -> str | None:
    """The value of `Accept`: several fields are one list (RFC 9110, 5.3); None where there is none."""
    fields = request.headers.getlist("accept")
    return ", ".join(fields) if fields else None


def ranges(accept: str) -> list[_Range]:
    """The media ranges of an `Accept` header; what is no media range is passed over."""
    found = []
    position = 0
    while position < len(accept):
        match = _RANGE.match(accept, position)
        if match is None:
            comma = accept.find(",", position)
            position = len(accept) if comma < 0 else comma + 1
            continue
        named = {
            found["name"].lower(): found["value"]
            for found in _NAMED.finditer(match["parameters"])
            if found["name"]
        }
        value = named.get("q", "1")
        if _VALUE.fullmatch(value):
            found.append(_Range(match["type"].lower(), match["subtype"].lower(), float(value)))
        position = match.end()
    return found


def agree(accept: str | None, offers: tuple[Offer, ...]) -> Chosen | None:
    """The best of `offers` (in our order of preference) for an `Accept` header; None where none fits.

    accept: the header's value, None or blank where the client sent none and takes anything.
    """
    return _agreed(accept, offers) if len(accept or "") <= _SHORT else _agree(accept, offers)


def _agree(accept: str | None, offers: tuple[Offer, ...]) -> Chosen | None:
    if accept is None or not accept.strip():
        return Chosen(offers[0].format, offers[0].media_type)
    asked = ranges(accept)
    best: Chosen | None = None
    most = 0.0
    for offer in offers:
        for media_type in offer.named:
            quality = _quality(media_type, asked, own=media_type == offer.media_type)
            if quality > most:
                best, most = Chosen(offer.format, media_type), quality
    return best


_agreed = lru_cache(maxsize=64)(_agree)
"""Clients send few different headers; long ones are not kept."""


def _quality(media_type: str, asked: Sequence[_Range], *, own: bool) -> float:
    """The quality of the range that names it most exactly; an alias must be named in full."""
    fit = [(exact, each.quality) for each in asked if (exact := each.exactness(media_type)) is not None]
    if not fit:
        return 0.0
    exact, quality = max(fit)
    return quality if own or exact == 2 else 0.0


def require(accept: str | None, offers: tuple[Offer, ...]) -> Chosen:
    """As `agree`. Raises NotAcceptable, naming what there is."""
    chosen = agree(accept, offers)
    if chosen is None:
        listed = ", ".join(offer.media_type for offer in offers)
        raise NotAcceptable("none of the media types in Accept is offered here", hint=f"offered: {listed}")
    return chosen
