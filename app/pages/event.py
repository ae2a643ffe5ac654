"""Event:"""

from parts import masthead, states


def draw() -> None:
    """The page."""
    masthead.heading("Event", "")


masthead.draw("event")
states.guarded(draw)
