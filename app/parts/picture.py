"""Buttons that the reader's own browser answers: copy the address of this state, take the drawing as PNG."""

from parts import component, record


def buttons(drawing: str, what: str) -> None:
    """drawing: the export that is the drawing as SVG; the page links to it. what: for the file's name."""
    digest = record.manifest().dataset_hash[:8]
    component.draw(
        "picture",
        key="picture",
        data={"file": drawing, "name": f"onrecord-{what}-{digest}.png"},
        missing="The buttons for the address and for PNG could not be loaded.",
    )
