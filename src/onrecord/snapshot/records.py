"""The checksum of every record of a snapshot: what a correction can say that a record was before."""

import json
from pathlib import Path

from onrecord.errors import NoSnapshot, StorageError
from onrecord.model import Register, digest
from onrecord.snapshot.folder import published_folder

RECORDS = "records.json"


def write_records(room: Path, register: Register) -> None:
    """Slug → SHA-256, sorted, as JSON. Raises OSError where it cannot be written."""
    digests = {
        slug: digest(entry.record)
        for slug, entry in sorted(register.entries.items())
        if entry.noun != "correction"
    }
    (room / RECORDS).write_text(json.dumps(digests, indent=0) + "\n", encoding="utf-8")


def read_records(folder: Path) -> dict[str, str]:
    """The checksums of a published snapshot; none for one that was built before they were kept.

    Raises:
        StorageError: the file is damaged.
    """
    path = folder / RECORDS
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(found, dict):
            raise ValueError("not an object")
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise StorageError(f"{path} can't be read: {error}", hint="build again: onrecord build") from None
    return {str(slug): str(value) for slug, value in found.items()}


def published_slugs(root: Path) -> set[str]:
    """The slugs of what is published under `root`; none where nothing is, or where it can't be read.

    A build mends a damaged snapshot, so that damage must not keep it from being built.
    """
    try:
        return set(read_records(published_folder(root)))
    except (NoSnapshot, StorageError):
        return set()
