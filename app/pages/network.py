"""Network: Who cites whom."""

from parts import masthead, states


def draw() -> None:
    """The page."""
    masthead.heading("Network", "Who cites whom.")


masthead.draw("network")
states.guarded(draw)
