"""Actors, the posts that exist and who held them when."""

from typing import Literal

from onrecord.model.base import Line, Printed, Record, Slug
from onrecord.model.dating import Dating

ActorKind = Literal["person", "unnamed-person", "spokesperson", "organisation", "group"]
PERSON_KINDS = ("person", "unnamed-person", "spokesperson")


class Name(Record):
    """A name of an actor; dated where it was in use for a time, `outside` where no article prints it."""

    name: Printed
    date: Dating | None = None
    outside: bool = False
    note: Line | None = None


class Actor(Record):
    """A person, an organisation or a group that can act or speak.

    A *spokesperson* or *unnamed-person* stays unnamed: one node for each occasion, acting for `acts_for`.
    A *group* has `members` where the sources name them. `outside` marks an actor that no article names.
    """

    id: Slug
    label: Line
    kind: ActorKind
    names: tuple[Name, ...] = ()
    acts_for: Slug | None = None
    part_of: Slug | None = None
    members: tuple[Slug, ...] = ()
    description: Line | None = None
    same_as: tuple[Line, ...] = ()
    outside: bool = False


class Post(Record):
    """An office independent of who holds it."""

    id: Slug
    label: Line
    organisation: Slug | None = None
    outside: bool = False


class Tenure(Record):
    """A person's holding of a post for a period; bounds that no source gives stay unknown."""

    id: Slug
    holder: Slug
    post: Slug
    date: Dating


class ActorsFile(Record):
    """A file of `data/actors/`."""

    actors: tuple[Actor, ...] = ()
    posts: tuple[Post, ...] = ()
    tenures: tuple[Tenure, ...] = ()
