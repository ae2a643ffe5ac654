"""Statement:"""

from parts import masthead, states


def draw() -> None:
    """The page."""
    masthead.heading("Statement", "")


masthead.draw("statement")
states.guarded(draw)
