"""What is published survives: builders killed at any moment, flipped bits, readers that stay.

`make survival` kills a hundred builds at random moments (SURVIVAL_BUILDS; SURVIVAL_SEED for other moments).
"""

import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord import config
from onrecord.errors import NoSnapshot
from onrecord.snapshot.folder import KEPT, open_snapshot, verify_snapshot
from onrecord.workspace import Workspace

EXAMPLE = Path(__file__).parent.parent / "data" / "example"
WITNESS = Path(__file__).with_name("witnessed_build.py")
Event = tuple[str, ...]


class Press:
    """A copy of the example record that is built again and again, each time with another title."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.root = folder / "snapshot"
        self.log = folder / "events"
        shutil.copytree(EXAMPLE, self.data, ignore=shutil.ignore_patterns("captures"))
        self.words = ["--data", str(self.data), "--snapshot", str(self.root), "-q", "build"]

    def retitle(self, title: str) -> None:
        """Another title makes another snapshot."""
        path = self.data / "onrecord.toml"
        text = re.sub(r'^title = ".*"$', f'title = "{title}"', path.read_text(encoding="utf-8"), flags=re.M)
        path.write_text(text, encoding="utf-8")

    def build(self) -> None:
        """A build that nobody disturbs."""
        built = subprocess.run(
            [sys.executable, "-m", "onrecord", *self.words], capture_output=True, text=True, check=False
        )
        assert built.returncode == 0, built.stderr

    def witnessed(self, kill_before: int) -> tuple[int, list[Event]]:
        """A build that is killed before its call of that number (0: never): its status and its calls."""
        self.log.unlink(missing_ok=True)
        command = [sys.executable, str(WITNESS), str(self.log), str(kill_before), *self.words]
        status = subprocess.run(command, capture_output=True, check=False).returncode
        lines = self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []
        return status, [tuple(json.loads(line)) for line in lines]

    def served(self) -> str:
        """The title of what is served, which is whole."""
        snapshot = open_snapshot(self.root)
        assert verify_snapshot(snapshot.path)[1] == []
        return snapshot.manifest.title

    def rubbish(self) -> list[str]:
        """What stands in the folder beside the published snapshots, the pointer and the lock."""
        left = {path.name for path in self.root.iterdir()} - {"current", "lock"}
        return sorted(name for name in left if not (self.root / name / "manifest.json").is_file())


@pytest.fixture
def press(tmp_path: Path) -> Press:
    press = Press(tmp_path)
    press.retitle("Before")
    press.build()
    return press


# --- killed builders ---


def test_a_builder_killed_at_any_step_of_publishing_leaves_a_whole_snapshot(press: Press) -> None:
    """A dozen steps, from the first flush to the last."""
    press.retitle("Counted")
    status, events = press.witnessed(0)
    assert status == 0
    swap = 1 + next(n for n, event in enumerate(events) if event[-1] == str(press.root / "current"))
    steps = {1, 2, len(events) // 3, swap - 3, swap - 2, swap - 1, swap, swap + 1, len(events)}
    steps |= {swap // 4, swap // 2, 3 * swap // 4}
    for number in sorted(steps):
        before = press.served()
        press.retitle(f"Step {number}")
        status, _ = press.witnessed(number)
        assert status == -9, number
        assert press.served() == (f"Step {number}" if number > swap else before)
    press.retitle("After")
    press.build()
    assert press.served() == "After"
    assert press.rubbish() == []


def test_a_first_builder_that_is_killed_leaves_no_pointer(tmp_path: Path) -> None:
    press = Press(tmp_path)
    status, _ = press.witnessed(3)
    assert status == -9
    with pytest.raises(NoSnapshot):
        open_snapshot(press.root)
    press.build()
    assert press.rubbish() == []


def test_builders_killed_at_random_moments_leave_a_whole_snapshot(press: Press) -> None:
    """Three in the gate, a hundred in `make survival`; after every tenth, and at the end, one may finish."""
    builds = int(os.environ.get("SURVIVAL_BUILDS", "3"))
    chance = random.Random(int(os.environ.get("SURVIVAL_SEED", "2018")))
    started = time.monotonic()
    press.build()
    usual = time.monotonic() - started
    served = press.served()
    finished = 0
    for number in range(1, builds + 1):
        press.retitle(f"Build {number}")
        builder = subprocess.Popen(
            [sys.executable, "-m", "onrecord", *press.words],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(chance.uniform(0, usual))
        builder.kill()
        builder.wait()
        now = press.served()
        assert now in {served, f"Build {number}"}
        finished += now != served
        served = now
        if number % 10 == 0 or number == builds:
            press.build()
            assert press.served() == f"Build {number}"
            assert press.rubbish() == []
            served = f"Build {number}"
    print(f"{builds} builds killed within {usual:.1f} s each, {finished} of them after the swap")  # noqa: T201


# --- the order of flushes and renames ---


def by_witness(press: Press) -> list[Event]:
    """The calls that Python makes."""
    status, events = press.witnessed(0)
    assert status == 0
    return events


def by_strace(press: Press) -> list[Event]:
    """The calls that the system gets, from every thread."""
    calls = "trace=fsync,fdatasync,rename,renameat,renameat2,symlink,symlinkat"
    command = ["strace", "-f", "-y", "-qq", "-s", "4096", "-e", calls, "-o", str(press.log)]
    subprocess.run([*command, sys.executable, "-m", "onrecord", *press.words], check=True)
    events: list[Event] = []
    for line in press.log.read_text(encoding="utf-8").splitlines():
        call = re.search(r"\b(fsync|fdatasync|rename\w*|symlink\w*)\((.*)\) += 0", line)
        if call is None:
            continue
        name = re.match("fsync|rename|symlink", call[1].replace("fdatasync", "fsync"))
        assert name, line
        words = (
            re.findall(r"^\d+<(.+)>", call[2]) if name[0] == "fsync" else re.findall(r'"([^"]*)"', call[2])
        )
        events.append((name[0], *words))
    return events


WITNESSES: dict[str, Callable[[Press], list[Event]]] = {"python": by_witness}
TRACED = ["strace", "-qq", "-o", os.devnull, "true"]
if shutil.which("strace") and subprocess.run(TRACED, check=False).returncode == 0:
    WITNESSES["strace"] = by_strace


@pytest.mark.parametrize("witness", WITNESSES)
def test_everything_is_flushed_before_it_is_renamed_and_the_folder_after_the_swap(
    press: Press, witness: str
) -> None:
    press.retitle("Traced")
    events = WITNESSES[witness](press)
    home = (press.root / "current").resolve()
    settled = next(n for n, event in enumerate(events) if event[0] == "rename" and event[2] == str(home))
    building = Path(events[settled][1])
    flushed = {event[1] for event in events[:settled] if event[0] == "fsync"}
    everything = {building} | {building / path.relative_to(home) for path in home.rglob("*")}
    assert {str(path) for path in everything} <= flushed
    swapped = next(n for n, e in enumerate(events) if e[-1] == str(press.root / "current"))
    assert events[swapped][0] in ("rename", "replace")
    assert ("fsync", str(press.root)) in events[settled:swapped], (
        "the name is on disk before it is pointed to"
    )
    assert ("fsync", str(press.root)) in events[swapped:], "and the pointer after the swap"


# --- flipped bits ---


def test_each_of_a_hundred_flipped_bits_is_found(press: Press) -> None:
    folder = open_snapshot(press.root).path
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size)
    chance = random.Random(1)
    chosen = [*files, *chance.choices(files, [path.stat().st_size for path in files], k=100)][:100]
    assert len(chosen) == 100
    missed = []
    for path in chosen:
        content = path.read_bytes()
        bit = chance.randrange(8 * len(content))
        spoilt = bytearray(content)
        spoilt[bit // 8] ^= 1 << bit % 8
        path.write_bytes(spoilt)
        if str(path) not in {finding.place.file for finding in verify_snapshot(folder)[1]}:
            missed.append((path, bit))
        path.write_bytes(content)
    assert missed == []
    assert verify_snapshot(folder)[1] == []


def test_verify_names_a_flipped_bit_and_the_next_build_needs_no_repair(press: Press) -> None:
    folder = open_snapshot(press.root).path
    index = folder / "search.sqlite"
    content = bytearray(index.read_bytes())
    content[len(content) // 2] ^= 4
    index.write_bytes(content)
    command = [sys.executable, "-m", "onrecord", *press.words[:-1], "verify", "--store"]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.returncode == 1
    assert f"{index}: OR290 error" in found.stderr
    press.build()
    assert press.served() == "Before"


# --- readers ---


def test_a_reader_keeps_its_snapshot_while_others_are_published_and_collected(press: Press) -> None:
    settings = config.settings(press.data, press.root, None, environment={})
    with Workspace(settings) as reader:
        first = reader.snapshot.path
        said = reader.ask("who-said-what").rows
        for number in range(KEPT + 2):
            press.retitle(f"Number {number}")
            press.build()
        assert open_snapshot(press.root).manifest.title == f"Number {KEPT + 1}"
        assert reader.ask("who-said-what").rows == said
        reader.gateway.close()  # a worker that is started anew opens the store anew
        del reader.gateway
        assert reader.ask("who-said-what").rows == said
        assert reader.search("library").total
        assert verify_snapshot(first)[1] == []
        assert reader.published_folder() == open_snapshot(press.root).path != first
    press.retitle("Afterwards")
    press.build()
    assert not first.exists(), "nobody holds it any more"
    kept = [path for path in press.root.iterdir() if path.is_dir() and not path.is_symlink()]
    assert len(kept) <= KEPT + 1
