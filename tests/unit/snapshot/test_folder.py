"""Snapshots are published whole or not at all, and every changed byte is found."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.errors import Busy, NoSnapshot, StorageError
from onrecord.snapshot.folder import (
    KEPT,
    Snapshot,
    hold_snapshot,
    open_snapshot,
    publish,
    verify_snapshot,
    workshop,
)
from onrecord.snapshot.manifest import MANIFEST, Manifest, hash_files


def _publish(root: Path, words: str) -> Snapshot:
    with workshop(root) as room:
        (room / "store").mkdir()
        (room / "store" / "data").write_text(words)
        (room / "search.sqlite").write_text("index")
        manifest = Manifest(
            dataset_hash="ab" * 32, title=words, base="https://example.org/", versions={}, sources={},
            counts={}, inputs="", files=hash_files(room),
        )  # fmt: skip
        return publish(root, room, manifest)


def test_the_pointer_names_what_was_published_last(tmp_path: Path) -> None:
    first, second = _publish(tmp_path, "one"), _publish(tmp_path, "two")
    assert first.path != second.path
    assert open_snapshot(tmp_path).path == second.path
    assert str((tmp_path / "current").readlink()) == second.path.name
    assert not list(tmp_path.glob("building-*"))


def test_the_folder_is_named_by_the_hash_of_its_manifest(tmp_path: Path) -> None:
    snapshot = _publish(tmp_path, "one")
    assert snapshot.path.name.startswith(snapshot.manifest.digest()[:16])


def test_equal_content_is_published_under_one_name(tmp_path: Path) -> None:
    assert _publish(tmp_path, "one").path == _publish(tmp_path, "one").path
    assert len([p for p in tmp_path.iterdir() if p.is_dir() and not p.is_symlink()]) == 1


def test_equal_content_does_not_bring_a_damaged_snapshot_back(tmp_path: Path) -> None:
    damaged = _publish(tmp_path, "one")
    (damaged.path / "search.sqlite").write_text("rot")
    mended = _publish(tmp_path, "one")
    assert mended.path != damaged.path
    assert open_snapshot(tmp_path).path == mended.path
    assert verify_snapshot(mended.path)[1] == []
    assert _publish(tmp_path, "one").path == mended.path


def test_what_a_reader_holds_is_not_collected_until_it_lets_go(tmp_path: Path) -> None:
    first = _publish(tmp_path, "first").path
    held, descriptor = hold_snapshot(tmp_path)
    assert held.path == first
    for number in range(KEPT + 1):
        _publish(tmp_path, str(number))
    assert verify_snapshot(first)[1] == []
    os.close(descriptor)
    _publish(tmp_path, "last")
    assert not first.exists()


def test_what_killed_builders_left_is_cleared_away(tmp_path: Path) -> None:
    home = _publish(tmp_path, "one").path
    for name in ("building-1", "removing-ab-cd"):
        (tmp_path / name / "store").mkdir(parents=True)
    (tmp_path / "current.1").symlink_to(home.name)
    last = _publish(tmp_path, "two").path
    assert {path.name for path in tmp_path.iterdir()} == {"current", "lock", home.name, last.name}


def test_only_the_newest_few_are_kept(tmp_path: Path) -> None:
    for number in range(KEPT + 3):
        last = _publish(tmp_path, str(number))
    published = [p for p in tmp_path.iterdir() if p.is_dir() and not p.is_symlink()]
    assert len(published) == KEPT
    assert last.path in published


def test_without_a_publication_there_is_no_snapshot(tmp_path: Path) -> None:
    with pytest.raises(NoSnapshot, match="no snapshot"):
        open_snapshot(tmp_path)


def test_a_pointer_to_nothing_is_said(tmp_path: Path) -> None:
    snapshot = _publish(tmp_path, "one")
    snapshot.path.rename(tmp_path / "elsewhere")
    with pytest.raises(StorageError, match="missing"):
        open_snapshot(tmp_path)


def test_a_failed_build_leaves_the_old_snapshot_and_no_rubbish(tmp_path: Path) -> None:
    old = _publish(tmp_path, "one")
    with pytest.raises(ZeroDivisionError), workshop(tmp_path) as room:
        (room / "half").write_text(str(1 // 0))
    assert open_snapshot(tmp_path).path == old.path
    assert not list(tmp_path.glob("building-*"))


def test_a_second_builder_is_refused_and_the_holder_is_named(tmp_path: Path) -> None:
    script = (
        "import sys, pathlib; from onrecord.snapshot.folder import workshop\n"
        "with workshop(pathlib.Path(sys.argv[1])):\n print('held', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(Busy, match=f"process {holder.pid}"), workshop(tmp_path):
        pytest.fail("two builders at once")
    holder.communicate("")
    assert holder.returncode == 0


@pytest.mark.parametrize("name", ["store/data", "search.sqlite", MANIFEST])
def test_each_flipped_bit_is_named(tmp_path: Path, name: str) -> None:
    snapshot = _publish(tmp_path, "one")
    assert verify_snapshot(snapshot.path) == (3, [])
    path = snapshot.path / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    named = {finding.place.file: finding.message for finding in verify_snapshot(snapshot.path)[1]}
    assert "changed after publication" in named.pop(str(path))
    # a flipped digit of the manifest may be one of another file's hash
    assert all("the changed manifest says" in message for message in named.values())


@pytest.mark.parametrize("spoil", ["missing", "not JSON", "another folder's"])
def test_a_manifest_that_cannot_be_used_is_named(tmp_path: Path, spoil: str) -> None:
    snapshot = _publish(tmp_path, "one")
    path = snapshot.path / MANIFEST
    if spoil == "missing":
        path.unlink()
    elif spoil == "not JSON":
        path.write_text(path.read_text() + "x")
    else:
        path.write_bytes((_publish(tmp_path, "two").path / MANIFEST).read_bytes())
    assert str(path) in [finding.place.file for finding in verify_snapshot(snapshot.path)[1]]


def test_a_link_that_was_added_is_named(tmp_path: Path) -> None:
    snapshot = _publish(tmp_path, "one")
    (snapshot.path / "store" / "link").symlink_to("nowhere")
    assert [Path(f.place.file).name for f in verify_snapshot(snapshot.path)[1]] == ["link"]


def test_missing_and_added_files_are_named(tmp_path: Path) -> None:
    snapshot = _publish(tmp_path, "one")
    (snapshot.path / "search.sqlite").unlink()
    (snapshot.path / "store" / "more").write_text("x")
    messages = {Path(f.place.file).name: f.message for f in verify_snapshot(snapshot.path)[1]}
    assert messages == {
        "search.sqlite": "file of the snapshot is missing",
        "more": "file is not part of the snapshot",
    }


def test_a_folder_that_is_a_file_is_said_without_a_traceback(tmp_path: Path) -> None:
    root = tmp_path / "file"
    root.write_text("not a folder")
    with pytest.raises(StorageError, match="can't be written"):
        _publish(root, "one")


@pytest.mark.parametrize("kind", ["pipe", "folder", "link to a file"])
def test_what_is_no_file_of_the_build_is_named(tmp_path: Path, kind: str) -> None:
    snapshot = _publish(tmp_path / "root", "one")
    added = snapshot.store / "added"
    if kind == "pipe":
        os.mkfifo(added)
    elif kind == "folder":
        added.mkdir()
    else:
        added.symlink_to(snapshot.store / "data")
    noun = "folder" if kind == "folder" else "file"
    found = verify_snapshot(snapshot.path)[1]
    assert [(f.code, f.place.file, f.message) for f in found] == [
        ("OR290", str(added), f"{noun} is not part of the snapshot")
    ]


@pytest.mark.parametrize("name", ["store", "store/data", "search.sqlite", MANIFEST])
def test_a_file_replaced_by_a_link_to_the_same_bytes_is_named(tmp_path: Path, name: str) -> None:
    snapshot = _publish(tmp_path / "root", "one")
    path = snapshot.path / name
    path.rename(tmp_path / "outside")
    path.symlink_to(tmp_path / "outside")
    assert str(path) in [finding.place.file for finding in verify_snapshot(snapshot.path)[1]]


@pytest.mark.parametrize("name", ["store/data", MANIFEST])
def test_a_file_replaced_by_a_pipe_is_named_and_not_opened(tmp_path: Path, name: str) -> None:
    snapshot = _publish(tmp_path, "one")
    path = snapshot.path / name
    path.unlink()
    os.mkfifo(path)
    script = (
        "import sys, pathlib; from onrecord.snapshot.folder import verify_snapshot\n"
        "print(*(f.place.file for f in verify_snapshot(pathlib.Path(sys.argv[1]))[1]))"
    )
    command = [sys.executable, "-c", script, str(snapshot.path)]
    named = subprocess.run(command, capture_output=True, text=True, timeout=20, check=True).stdout
    assert named.split() == [str(path)]


@pytest.mark.parametrize("words", ["{}", "[]", "[" * 100_000, '{"form": 2}', '{"form": 99}'])
def test_a_manifest_of_another_shape_is_named(tmp_path: Path, words: str) -> None:
    snapshot = _publish(tmp_path, "one")
    (snapshot.path / MANIFEST).write_text(words)
    found = verify_snapshot(snapshot.path)[1]
    assert [(f.code, f.place.file) for f in found] == [("OR290", str(snapshot.path / MANIFEST))]


def test_a_manifest_nested_too_deeply_is_said(tmp_path: Path) -> None:
    snapshot = _publish(tmp_path, "one")
    (snapshot.path / MANIFEST).write_text("[" * 100_000)
    with pytest.raises(StorageError, match=r"manifest\.json.*nested too deeply"):
        open_snapshot(tmp_path)


def test_a_manifest_that_is_a_pipe_is_said_and_not_waited_for(tmp_path: Path) -> None:
    snapshot = _publish(tmp_path, "one")
    (snapshot.path / MANIFEST).unlink()
    os.mkfifo(snapshot.path / MANIFEST)
    script = (
        "import sys, pathlib; from onrecord.snapshot.folder import open_snapshot\n"
        "open_snapshot(pathlib.Path(sys.argv[1]))"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    assert "StorageError" in done.stderr


def test_a_manifest_whose_files_are_no_object_is_said(tmp_path: Path) -> None:
    snapshot = _publish(tmp_path, "one")
    path = snapshot.path / MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text()) | {"files": None}))
    with pytest.raises(StorageError, match="files"):
        open_snapshot(tmp_path)
    assert str(path) in [finding.place.file for finding in verify_snapshot(snapshot.path)[1]]


def test_a_pointer_to_itself_is_said(tmp_path: Path) -> None:
    _publish(tmp_path, "one")
    (tmp_path / "current").unlink()
    (tmp_path / "current").symlink_to("current")
    with pytest.raises(StorageError, match="can't be followed"):
        open_snapshot(tmp_path)
