"""Fields for the filters of exports: what each is called, and the values on record.

The page Query offers whatever a parameter takes; here only what occurs, so that no choice is an empty file.
"""

from collections.abc import Callable, Mapping

from onrecord.analysis.network import DIRECTIONS
from onrecord.snapshot.bins import LANES
from parts import address, record
from parts.markup import brief, words


def _of(question: str, column: str, name: Callable[[str], str]) -> dict[str, str]:
    """The values of a column with their names, by name."""
    found: set[str] = set()
    for row in record.ask(question).rows:
        value = row[column]
        found.update(value if isinstance(value, list) else [value] if value else [])
    return dict(sorted(((value, brief(name(value))) for value in found), key=lambda item: item[1].casefold()))


def _named(slug: str) -> str:
    return record.labels().get(slug, slug)


def _concept(scheme: str) -> Callable[[str], str]:
    return lambda notation: record.concept(scheme, notation).label


def _relations() -> dict[str, str]:
    return {
        concept.notation: concept.label
        for concept in record.workspace().concepts()
        if concept.scheme == "relation"
    }


MENUS: Mapping[str, tuple[str, Callable[[], dict[str, str]]]] = {
    "speaker": ("Speaker", lambda: _of("who-said-what", "speaker", _named)),
    "organisation": ("Organisation spoken for", lambda: _of("held-on", "organisation", _named)),
    "about": ("About", lambda: _of("who-said-what", "about", _concept("topic"))),
    "mode": ("How it is told", lambda: _of("who-said-what", "mode", _concept("mode"))),
    "stance": ("Stance", lambda: _of("who-said-what", "stance", _concept("stance"))),
    "actor": ("Actor", lambda: _of("timeline", "participants", _named)),
    "kind": ("Kind of event", lambda: _of("timeline", "kind", _concept("event"))),
    "document": ("Document", lambda: _of("documents", "document", _named)),
    "dossier": (
        "Dossier",
        lambda: {row["dossier"]: brief(row["label"]) for row in record.ask("dossiers").rows},
    ),
    "source": ("Source", lambda: _of("who-said-what", "source", record.publisher_of)),
    "relation": ("Relation of citations", _relations),
    "depth": ("Steps around it", lambda: {depth: depth for depth in ("1", "2", "3")}),
    "direction": ("Direction", lambda: {way: words(way) for way in DIRECTIONS}),
    "lanes": ("Lanes", lambda: {lanes: f"By {lanes}" for lanes in LANES}),
}
"""Filter → label and its values with their names."""
TEXTS: Mapping[str, tuple[str, str]] = {
    "contains": ("Words", "whole words"),
    "from": ("From", "2018-01"),
    "to": ("To", "2018-11"),
    "at": ("As it stood on", "2018-06-01"),
    "q": ("Words of events", "withdrawal"),
    "around": ("Around, by its slug", "margot-james"),
    "statement": ("One statement, by its slug", "digit-james-suspend"),
    "corrections-since": ("Corrections since", "2026-01"),
}
"""Filter → label and an example."""


def field(name: str, drop: tuple[str, ...] = ()) -> None:
    """The field of a filter, bound to the address."""
    if name in MENUS:
        label, options = MENUS[name]
        address.menu(label, name, options(), drop=drop)
    else:
        label, example = TEXTS[name]
        address.text_field(label, name, drop=drop, placeholder=example)
