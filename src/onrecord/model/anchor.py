"""Anchors: where in a capture something is said.

Positions are code points of the capture from 0, `end` exclusive (W3C Web Annotation, TextPositionSelector);
`sha256` is of the UTF-8 text between them. `seal` ties position, context and hash to the capture, so that an
edited digit is found where the capture is not at hand. `onrecord anchor` fills in all of them; until then
`find` holds the words to look for, and the record cannot be built.
"""

from hashlib import sha256
from typing import Annotated

from pydantic import Field, StringConstraints

from onrecord.model.base import Printed, Record, Slug

Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Seal = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
Offset = Annotated[int, Field(ge=0)]


class Passage(Record):
    """A stretch of a capture by position and hash; its words are not printed in the record."""

    find: str | None = None
    start: Offset | None = None
    end: Offset | None = None
    sha256: Hash | None = None
    seal: Seal | None = None

    @property
    def words(self) -> str | None:
        """What the record prints at this place; None where it only points at it."""
        return None


class Quote(Passage):
    """Words printed in a capture, verbatim, with at most 40 characters of context either side."""

    exact: Annotated[str, StringConstraints(min_length=1)]
    prefix: Annotated[str, StringConstraints(max_length=40)] | None = None
    suffix: Annotated[str, StringConstraints(max_length=40)] | None = None

    @property
    def words(self) -> str | None:
        """What the record prints at this place."""
        return self.exact


class Mention(Passage):
    """A name of an actor or a document as this source prints it (`name` is verbatim)."""

    actor: Slug
    name: Printed

    @property
    def words(self) -> str | None:
        """What the record prints at this place."""
        return self.name


def hash_text(text: str) -> str:
    """SHA-256 of the UTF-8 text, 64 hexadecimal digits."""
    return sha256(text.encode()).hexdigest()


def seal_of(capture_sha256: str, start: int, end: int, text_sha256: str, prefix: str, suffix: str) -> str:
    """The seal of an anchor: 16 hexadecimal digits over everything that it says about its place."""
    parts = (capture_sha256, str(start), str(end), text_sha256, prefix, suffix)
    return hash_text("\x1f".join(parts))[:16]
