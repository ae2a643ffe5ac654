"""The manifest of a snapshot: hash of each file, dataset hash, versions, counts.

Its own SHA-256 begins the name of the snapshot's folder, so that a changed manifest is found too.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from onrecord.errors import NoSnapshot, StorageError

MANIFEST = "manifest.json"
FORM = 2
"""Which files and tables a snapshot has; raised when readers need another. 2: events in `search.sqlite`."""


@dataclass(frozen=True)
class Manifest:
    """What a snapshot holds; `files` maps a relative path to the SHA-256 of its bytes.

    `corrections` is how long the correction log was (`entries`) and the hash of its last entry (`head`),
    empty for a log without entries: with it, a log that was cut or written anew is found. `form` is what
    its readers must know of its files.
    """

    dataset_hash: str
    title: str
    base: str
    versions: Mapping[str, str]
    sources: Mapping[str, Mapping[str, Any]]
    counts: Mapping[str, int]
    inputs: str
    files: Mapping[str, str]
    corrections: Mapping[str, Any] = field(default_factory=dict)
    form: int = FORM

    def as_bytes(self) -> bytes:
        """JSON with sorted keys."""
        return (json.dumps(vars(self), ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()

    def digest(self) -> str:
        """SHA-256 of the written manifest."""
        return sha256(self.as_bytes()).hexdigest()


def hash_file(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def hash_files(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below `folder` but the manifest, by relative path."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hash_file(path) for path in paths if path.name != MANIFEST}


def read_manifest(folder: Path) -> Manifest:
    """Reads the manifest of a published folder.

    Raises:
        NoSnapshot: another version of onrecord built it, in a form that this one does not read.
        StorageError: it is missing or damaged.
    """
    path = folder / MANIFEST
    try:
        if path.exists() and not path.is_file():
            raise ValueError("it is no file")  # a pipe would keep the reader waiting
        written = json.loads(path.read_text(encoding="utf-8"))
        if written.get("form", 1) != FORM:
            raise NoSnapshot(
                f"the snapshot {folder} was built by another version of onrecord, in a form that this one "
                "does not read",
                hint="build again: onrecord build",
            )
        manifest = Manifest(**written)
        if not isinstance(manifest.files, dict):
            raise ValueError("its files are no object")
        return manifest
    except (OSError, ValueError, TypeError, AttributeError, RecursionError) as error:
        words = "it is nested too deeply" if isinstance(error, RecursionError) else error
        raise StorageError(
            f"{path}: the manifest can't be read: {words}", hint="build again: onrecord build"
        ) from None
