"""The checksum of every record of a snapshot: what a correction can say that a record was before."""

import json
from pathlib import Path

from onrecord.errors import StorageError
from onrecord.model import Register, digest

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
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise StorageError(f"{path} can't be read: {error}", hint="build again: onrecord build") from None
    return {str(slug): str(value) for slug, value in found.items()}
