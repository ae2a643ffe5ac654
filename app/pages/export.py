"""Export: Files for other tools."""

from parts import masthead, states


def draw() -> None:
    """The page."""
    masthead.heading("Export", "Files for other tools.")


masthead.draw("export")
states.guarded(draw)
