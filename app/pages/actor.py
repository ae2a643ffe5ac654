"""Actor:"""

from parts import masthead, states


def draw() -> None:
    """The page."""
    masthead.heading("Actor", "")


masthead.draw("actor")
states.guarded(draw)
