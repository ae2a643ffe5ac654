"""Document:"""

from parts import masthead, states


def draw() -> None:
    """The page."""
    masthead.heading("Document", "")


masthead.draw("document")
states.guarded(draw)
