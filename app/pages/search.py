"""Search: Actors, documents, events and words of quotations."""

from parts import masthead, states


def draw() -> None:
    """The page."""
    masthead.heading("Search", "Actors, documents, events and words of quotations.")


masthead.draw("search")
states.guarded(draw)
