"""Snapshots on disk: written aside, flushed, renamed; one pointer says which is served.

    <root>/current -> <first 16 digits of the manifest's hash>-<dataset hash>
    <root>/<name>/{store/, search.sqlite, manifest.json}
    <root>/lock          held by the one that builds

Readers resolve the pointer once and keep their folder, on which they hold a shared lock; all but the newest
few that nobody holds are collected after a publication. What a killed builder leaves behind (`building-…`,
`removing-…`, `current.…`) is cleared away by the next one.
"""

import fcntl
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePath

from onrecord.errors import Busy, NoSnapshot, OnRecordError, StorageError
from onrecord.findings import Finding, Place
from onrecord.snapshot.disk import flush, storage_errors
from onrecord.snapshot.manifest import MANIFEST, Manifest, hash_file, read_manifest

CURRENT = "current"
KEPT = 3
"""Published folders that stay, the served one included: readers of older ones had two builds' time to go."""


@dataclass(frozen=True)
class Snapshot:
    """A published folder and its manifest."""

    path: Path
    manifest: Manifest

    @property
    def store(self) -> Path:
        """Folder of the Oxigraph store."""
        return self.path / "store"

    @property
    def search(self) -> Path:
        """The search index."""
        return self.path / "search.sqlite"


def open_snapshot(root: Path) -> Snapshot:
    """The snapshot that is served.

    Raises:
        NoSnapshot: none was published under `root`.
        StorageError: the published one is damaged.
    """
    folder = published_folder(root)
    return Snapshot(folder, read_manifest(folder))


def hold_snapshot(root: Path) -> tuple[Snapshot, int]:
    """The snapshot that is served, and a descriptor that keeps it from being collected until it is closed.

    Raises as `open_snapshot`.
    """
    while True:
        folder = published_folder(root)
        try:
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        except FileNotFoundError:
            continue  # collected since the pointer was read: the pointer names another now
        except OSError as error:
            raise StorageError(f"{folder} can't be opened: {error.strerror}") from None
        with suppress(OSError):  # a file system without locks keeps the newest few all the same
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        if folder.is_dir():
            try:
                return Snapshot(folder, read_manifest(folder)), descriptor
            except OnRecordError:
                os.close(descriptor)
                raise
        os.close(descriptor)  # collected before the lock was there


def published_folder(root: Path) -> Path:
    """The folder that the pointer names; raises as `open_snapshot`, but its manifest is not read."""
    pointer = root / CURRENT
    if not pointer.is_symlink() and not pointer.exists():
        raise NoSnapshot(f"no snapshot in {root}", hint="build one: onrecord build")
    try:
        folder = pointer.resolve(strict=True)
    except FileNotFoundError:
        folder = pointer.resolve()
    except (OSError, RuntimeError) as error:  # RuntimeError: what Python before 3.13 says of a loop
        words = getattr(error, "strerror", None) or error
        raise StorageError(
            f"{pointer} can't be followed: {words}", hint="build again: onrecord build"
        ) from None
    if not folder.is_dir():
        raise StorageError(
            f"{pointer} points to {folder}, which is missing", hint="build again: onrecord build"
        )
    return folder


_ELSEWHERE = "name another folder with --snapshot; what was published before is as it was"


@contextmanager
def workshop(root: Path) -> Iterator[Path]:
    """A folder to build in, ours alone while the lock is held; removed if it was not published.

    Raises:
        Busy: somebody else builds; the message names the process.
        StorageError: the disk is full or can't be written.
    """
    with storage_errors(root, _ELSEWHERE):
        root.mkdir(parents=True, exist_ok=True)
        with (root / "lock").open("a+") as lock:
            _take(lock.fileno(), root)
            lock.truncate(0)
            lock.write(f"{os.getpid()}\n")
            lock.flush()
            _clear(root)
            folder = root / f"building-{os.getpid()}"
            folder.mkdir()
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)


def _clear(root: Path) -> None:
    """Removes what killed builders left behind."""
    for pattern in ("building-*", "removing-*"):
        for left in root.glob(pattern):
            shutil.rmtree(left, ignore_errors=True)
    for left in root.glob(f"{CURRENT}.*"):
        left.unlink(missing_ok=True)


def _take(descriptor: int, root: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = (root / "lock").read_text().strip() or "another process"
        raise Busy(
            f"{root} is being built by process {holder}", hint="wait for it, or stop it", retry_after=5
        ) from None


def publish(root: Path, folder: Path, manifest: Manifest) -> Snapshot:
    """Writes the manifest, flushes everything to disk, renames the folder and swaps the pointer."""
    with storage_errors(root, _ELSEWHERE):
        (folder / MANIFEST).write_bytes(manifest.as_bytes())
        for path in sorted(folder.rglob("*")):
            flush(path)
        flush(folder)
        home = _home(root, f"{manifest.digest()[:16]}-{manifest.dataset_hash[:16]}")
        if home.exists():
            shutil.rmtree(folder)
        else:
            folder.rename(home)
        flush(root)
        fresh = root / f"{CURRENT}.{os.getpid()}"
        fresh.symlink_to(home.name)
        fresh.rename(root / CURRENT)
        flush(root)
        _collect(root, home)
    return Snapshot(home, manifest)


def _home(root: Path, name: str) -> Path:
    """Where a snapshot goes: an equal one that is whole is used again, a damaged one is not."""
    home, number = root / name, 1
    while home.exists() and verify_snapshot(home)[1]:
        number += 1
        home = root / f"{name}-{number}"
    return home


def _collect(root: Path, home: Path) -> None:
    """Removes published folders beyond the newest few, but none that a reader holds."""
    published = [
        path
        for path in root.iterdir()
        if path.is_dir() and not path.is_symlink() and (path / MANIFEST).is_file()
    ]
    published.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in [path for path in published if path != home][KEPT - 1 :]:
        _remove(path)


def _remove(path: Path) -> None:
    """Takes a folder out of sight at once, then removes it; a reader's lock on it leaves it where it is."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(OSError):  # a file system without locks
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
        away = path.rename(path.with_name(f"removing-{path.name}"))
        shutil.rmtree(away, ignore_errors=True)
    finally:
        os.close(descriptor)


def verify_snapshot(folder: Path) -> tuple[int, list[Finding]]:
    """Re-hashes every file of a published folder: how many there are, and each that was changed, added or
    is missing (OR290), the manifest included. What is neither a file nor a folder of the build is added too;
    it is not opened, since a pipe would keep the reader waiting.
    """
    here = {str(path.relative_to(folder)): path for path in sorted(folder.rglob("*"))}
    count = sum(not _is_folder(path) for path in here.values())
    written = here.pop(MANIFEST, None)
    if written is None:
        return count, [_changed(folder / MANIFEST, "the manifest of the snapshot is missing")]
    if not _is_file(written):
        return count, [_changed(written, f"the manifest of the snapshot {_NO_FILE}")]
    findings, changed = [], "file of the snapshot was changed after publication"
    if not folder.name.startswith(hash_file(written)[:16]):
        changed = "file differs from what the changed manifest says of it"
        findings.append(_changed(written, "the manifest was changed after publication"))
    try:
        files = read_manifest(folder).files
    except (NoSnapshot, StorageError):
        return count, findings or [_changed(written, "the manifest can't be read")]
    folders = {str(above) for name in files for above in PurePath(name).parents}
    for name in sorted(set(here) | set(files)):
        expected = files.get(name)
        if name not in here:
            findings.append(_changed(folder / name, "file of the snapshot is missing"))
        elif expected is None:
            if not (name in folders and _is_folder(here[name])):
                findings.append(_changed(here[name], _added(here[name])))
        elif not _is_file(here[name]):
            findings.append(_changed(here[name], f"file of the snapshot {_NO_FILE}"))
        elif hash_file(here[name]) != expected:
            findings.append(_changed(here[name], changed))
    return count, findings


_NO_FILE = "is no file of its own: something else was put in its place"


def _is_file(path: Path) -> bool:
    return stat.S_ISREG(path.lstat().st_mode)


def _is_folder(path: Path) -> bool:
    return stat.S_ISDIR(path.lstat().st_mode)


def _added(path: Path) -> str:
    noun = "folder" if _is_folder(path) else "file"
    return f"{noun} is not part of the snapshot"


def _changed(path: Path, message: str) -> Finding:
    return Finding("OR290", message, Place(str(path)), hint="build again: onrecord build")


CODES = {"OR290": "A file of a published snapshot was changed, added or removed after publication."}
