"""Slugs that records had before: an address that was given out once leads somewhere for good."""

from typing import Literal

from onrecord.model.base import Record, Slug

OldNoun = Literal[
    "actor", "post", "tenure", "document", "instrument", "provision", "statement", "claim", "figure",
    "citation", "event", "status", "disagreement", "gap", "dossier",
]  # fmt: skip
"""Every noun that people give slugs to."""
ALIKE = frozenset({"document", "instrument"})
"""A document that turns out to bind somebody becomes an instrument: the one noun that a record may change."""


class Redirect(Record):
    """`old` is no slug any more, the record is called `new`; `noun` is the one that `old` had in its address.

    Where the record kept its slug and became an instrument, `old` and `new` are the same.
    """

    old: Slug
    new: Slug
    noun: OldNoun


class RedirectsFile(Record):
    """The file `data/redirects.yaml`."""

    redirects: tuple[Redirect, ...] = ()
