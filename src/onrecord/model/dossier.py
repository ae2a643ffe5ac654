"""One story: events, states of an instrument, disagreements and what is not stated."""

from onrecord.model.base import Line, Record, Slug
from onrecord.model.dating import Dating
from onrecord.model.source import Claim, Stance


class Participant(Record):
    """An actor's part in an event, in a role, perhaps in the capacity of a tenure."""

    actor: Slug
    role: Slug
    capacity: Slug | None = None
    stance: Stance | None = None


class Event(Record):
    """Something that happened. Its evidence is in the source files (`events`) and `date.documents`."""

    id: Slug
    label: Line
    kind: Slug
    date: Dating
    participants: tuple[Participant, ...] = ()
    documents: tuple[Slug, ...] = ()
    part_of: Slug | None = None
    about: tuple[Slug, ...] = ()
    description: Line | None = None


class StatusPeriod(Record):
    """A state of an instrument through a period, by somebody's account (a source or an actor).

    `claims` establish it. Competing accounts are separate periods.
    """

    id: Slug
    instrument: Slug
    status: Slug
    date: Dating
    according_to: Slug
    opened_by: Slug | None = None
    closed_by: Slug | None = None
    claims: tuple[Slug, ...] = ()
    note: Line | None = None


class Disagreement(Record):
    """Claims that cannot all hold, or differ in words that matter; `resolution` is a concept."""

    id: Slug
    label: Line
    kind: Slug
    claims: tuple[Slug, ...]
    resolution: Slug
    about: tuple[Slug, ...] = ()
    note: Line | None = None


class Gap(Record):
    """What the sources do not state although a reader may ask; `about` is what it concerns."""

    id: Slug
    label: Line
    kind: Slug
    about: Slug | None = None
    note: Line | None = None


class DossierFile(Record):
    """A file of `data/dossiers/`. `claims` are those of outside documents only."""

    id: Slug
    label: Line
    description: Line
    instruments: tuple[Slug, ...]
    turning_points: tuple[Slug, ...] = ()
    events: tuple[Event, ...] = ()
    statuses: tuple[StatusPeriod, ...] = ()
    claims: tuple[Claim, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    gaps: tuple[Gap, ...] = ()
