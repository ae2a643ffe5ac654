"""About: What this record holds, and how far it can be trusted."""

from parts import masthead, states


def draw() -> None:
    """The page."""
    masthead.heading("About", "What this record holds, and how far it can be trusted.")


masthead.draw("about")
states.guarded(draw)
