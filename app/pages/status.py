"""Status: The state of an instrument on any day, by each account."""

from parts import masthead, states


def draw() -> None:
    """The page."""
    masthead.heading("Status", "The state of an instrument on any day, by each account.")


masthead.draw("status")
states.guarded(draw)
