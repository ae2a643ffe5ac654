"""Buttons that the reader's own browser answers: copy the address of this state, take the drawing as PNG."""

from parts import component, record


def buttons(drawing: str, what: str) -> None:
    """drawing: address of the drawing as SVG. what: what it shows, for the name of the file."""
    digest = record.manifest().dataset_hash[:8]
    component.draw(
        "picture",
        key="picture",
        data={"address": drawing, "name": f"onrecord-{what}-{digest}.png"},
        missing="The buttons for the address and for PNG could not be loaded.",
    )
