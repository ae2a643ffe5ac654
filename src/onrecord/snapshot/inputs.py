"""Which files a snapshot was built from, as one hash: tells whether it is older than its data."""

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from stat import S_ISREG

from onrecord import resources

SUFFIXES = frozenset({".yaml", ".toml", ".ttl", ".rq", ".jsonl"})


def inputs_signature(data: Path) -> str:
    """SHA-256 over names, sizes and times of the same files: while it stays, so does `inputs_hash`.

    Nothing is read, so that a page may ask with each click.
    """
    digest = sha256()
    for root in (data, resources.ontology_dir()):
        for path, state in sorted(_files(str(root))):
            line = f"{path}\0{state.st_size}\0{state.st_mtime_ns}\0{state.st_ino}\n"
            digest.update(line.encode(errors="surrogateescape"))
    return digest.hexdigest()


def inputs_hash(data: Path) -> str:
    """SHA-256 over names and contents of the files of `data` and of the ontology (64 digits)."""
    digest = sha256()
    for root in (data, resources.ontology_dir()):
        for path in sorted(Path(path) for path, _ in _files(str(root))):
            content = sha256(path.read_bytes()).hexdigest()
            digest.update(f"{path.relative_to(root)}\0{content}\n".encode())
    return digest.hexdigest()


def _files(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    """Path and state of each file below a folder that counts as input."""
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    yield from _files(entry.path)
                    continue
                suffix = os.path.splitext(entry.name)[1]  # noqa: PTH122  no Path for each of thousands
                if suffix in SUFFIXES and (state := _state(entry)):
                    yield entry.path, state
    except (FileNotFoundError, PermissionError):
        return  # gone since its name was read, or not ours to read: `build` tells


def _state(entry: "os.DirEntry[str]") -> os.stat_result | None:
    """The state of a file; None for what has gone, and a link to nowhere or in a circle."""
    try:
        state = entry.stat()
    except OSError:
        return None
    return state if S_ISREG(state.st_mode) else None
