"""Disagreements: Where the sources differ, side by side."""

from parts import masthead, states


def draw() -> None:
    """The page."""
    masthead.heading("Disagreements", "Where the sources differ, side by side.")


masthead.draw("disagreements")
states.guarded(draw)
