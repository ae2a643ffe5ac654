"""An entry of the correction log, chained to the one before it by hash.

A line of the log is the entry's JSON in the order of the fields, with nothing to choose about how it is
written. `hash` is the SHA-256 of that line without its last member; `previous` is the `hash` of the line
before, 64 zeros for the first.
"""

import json
from hashlib import sha256
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from onrecord.model.anchor import Hash
from onrecord.model.base import Line, Record, Slug
from onrecord.model.dating import When

Act = Literal["correct", "retract"]
START = "0" * 64
"""What the first entry follows."""


class Correction(Record):
    """One correction or retraction.

    `date` is when it was made, EDTF text. `before` and `after` are the SHA-256 of the record (`digest`):
    `before` is null where what was published before is not known, `after` is null for a retraction.
    """

    number: Annotated[int, Field(ge=1)]
    date: When
    kind: Act
    slug: Slug
    reason: Line
    before: Hash | None
    after: Hash | None
    previous: Hash
    hash: Hash

    @property
    def id(self) -> str:
        """The slug of the entry itself."""
        return f"correction-{self.number}"

    def line(self) -> str:
        """The entry as its line in the log, without the line's end."""
        return json.dumps(self.model_dump(), ensure_ascii=False)

    def own_hash(self) -> str:
        """What `hash` must be."""
        body = self.model_dump(exclude={"hash"})
        return sha256(json.dumps(body, ensure_ascii=False).encode()).hexdigest()


def sealed(
    log: tuple[Correction, ...],
    kind: Act,
    slug: str,
    reason: str,
    date: str,
    before: str | None,
    after: str | None,
) -> Correction:
    """The entry that comes after `log`.

    Raises:
        ValueError: pydantic's, where a value is not what its field takes.
    """
    entry = Correction(
        number=len(log) + 1, date=date, kind=kind, slug=slug, reason=reason, before=before, after=after,
        previous=log[-1].hash if log else START, hash=START,
    )  # fmt: skip
    return entry.model_copy(update={"hash": entry.own_hash()})


def wording(kind: Act) -> str:
    """The act as a participle."""
    return {"correct": "corrected", "retract": "retracted"}[kind]


def digest(record: Record) -> str:
    """SHA-256 of a record: its JSON with sorted keys, without what it leaves at its default."""
    values = record.model_dump(mode="json", exclude_defaults=True)
    return sha256(json.dumps(values, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


REASON: TypeAdapter[str] = TypeAdapter(Line)
"""What a reason must be, for the door."""
