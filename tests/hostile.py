"""A record whose labels attack the reader: what a build lets through, in places that pages show.

Characters that cannot be seen are not among them: a build refuses those in words of ours.
"""

import shutil
from pathlib import Path

EXAMPLE = Path(__file__).parent / "data" / "example"
SCRIPT = "<script>window.attacked = 1</script><img src=x onerror='window.attacked = 1'>"
MARKUP = '"><b onmouseover=window.attacked=1>[press](javascript:window.attacked=1)</b>'
ENDLESS = "w" * 10_000
ADDRESS = "javascript:window.attacked=1"


def hostile(folder: Path) -> Path:
    """A copy of the example in `folder` whose labels, titles, descriptions and identifiers are hostile."""
    data = Path(shutil.copytree(EXAMPLE, folder / "hostile"))
    replaced = {
        "actors/actors.yaml": {
            "label: Zoë Marchetti": f"label: {quoted(SCRIPT)}",
            "label: Tomás Okoro": f"label: {quoted(ENDLESS)}",
            "label: Parliament": f"label: {quoted(MARKUP)}\n    same_as:\n      - {quoted(ADDRESS)}",
        },
        "dossiers/readers-records.yaml": {
            "label: The minister announces that the agreement changes": f"label: {quoted(MARKUP)}",
        },
        "sources/valley-wire.yaml": {
            "title: Minister 'paused' library deal, say campaigners": f"title: {quoted(SCRIPT)}",
            "description: Open Shelves will go on watching how the agreement is used.": (
                f"description: {quoted(SCRIPT + MARKUP)}"
            ),
        },
    }
    for name, pairs in replaced.items():
        file = data / name
        text = file.read_text(encoding="utf-8")
        for old, new in pairs.items():
            assert old in text, old
            text = text.replace(old, new, 1)
        file.write_text(text, encoding="utf-8")
    return data


def quoted(text: str) -> str:
    """A YAML scalar."""
    return "'" + text.replace("'", "''") + "'"
