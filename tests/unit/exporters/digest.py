"""Prints the SHA-256 of every export of the small record; run by a test in processes of their own."""

import json
import sys
from hashlib import sha256
from pathlib import Path

from onrecord.exporters import FORMATS, About, Material, export

if __name__ == "__main__":
    folder = Path(sys.argv[1]) / "tests/data/exports"
    from pyoxigraph import RdfFormat, parse

    material = Material(
        About("T", "L", "1", "ab" * 32, "2018"),
        statements=json.loads((folder / "statements.json").read_text(encoding="utf-8")),
        quads=[f"{quad} ." for quad in parse(path=str(folder / "record.trig"), format=RdfFormat.TRIG)],
    )
    for name in FORMATS:
        content = b"".join(file.content for file in export(name, material))
        sys.stdout.write(f"{name} {sha256(content).hexdigest()}\n")
