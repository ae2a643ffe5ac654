"""Slugs that were published and are gone: each is said once, with what to do, and none without cause."""

import shutil
from pathlib import Path

import pytest

from onrecord.cli import run

EXAMPLE = Path(__file__).resolve().parents[2] / "data" / "example"
OLD, NEW = "river-post-brandt", "river-post-ada"
MOVED = f"redirects:\n  - old: {OLD}\n    new: {NEW}\n    noun: statement\n"


class Record:
    """A copy of a record that was published."""

    def __init__(self, room: Path, told: pytest.CaptureFixture[str]) -> None:
        self.data, self.snapshot, self.told = room / "data", room / "snapshot", told

    def run(self, *command: str) -> int:
        """Exit status; what was said before is forgotten."""
        self.told.readouterr()
        captures = str(self.data / "captures")
        folders = ["--data", str(self.data), "--snapshot", str(self.snapshot), "--captures", captures]
        return run([*folders, "-q", *command])

    def said(self) -> list[str]:
        """The lines about slugs that are gone."""
        return [line for line in self.told.readouterr().err.splitlines() if "OR144" in line]

    def change(self, old: str, new: str) -> None:
        """One text for another in every file."""
        for path in self.data.rglob("*.yaml"):
            path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    @property
    def pointer(self) -> str:
        return str((self.snapshot / "current").resolve())


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example record and its snapshot."""
    room = tmp_path_factory.mktemp("published")
    shutil.copytree(EXAMPLE, room / "data")
    assert run(["--data", str(room / "data"), "--snapshot", str(room / "snapshot"), "-q", "build"]) == 0
    return room


@pytest.fixture
def record(published: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Record:
    shutil.copytree(published, tmp_path / "record", symlinks=True)
    return Record(tmp_path / "record", capfd)


def test_nothing_is_said_of_a_record_as_it_was_published(record: Record) -> None:
    for command in ("check", "build"):
        assert (record.run(command), record.said()) == (0, [])


def test_a_slug_that_was_changed_is_a_warning_with_the_line_to_add(record: Record) -> None:
    record.change(OLD, NEW)
    assert record.run("check") == 0
    (line,) = record.said()
    assert line.startswith(f"{record.data}/redirects.yaml: OR144 warning: `{OLD}` was published and is")
    assert f"{{old: {OLD}, new: {NEW}, noun: statement}}" in line
    assert f"onrecord retract {OLD}" in line


def test_a_redirect_is_an_answer(record: Record) -> None:
    record.change(OLD, NEW)
    (record.data / "redirects.yaml").write_text(MOVED, encoding="utf-8")
    assert (record.run("check"), record.said()) == (0, [])


def test_a_retraction_is_an_answer(record: Record) -> None:
    assert record.run("retract", OLD, "--reason", "Not she.", "--date", "2031-04") == 0
    assert (record.run("check"), record.said()) == (0, [])


def test_strictly_nothing_is_published_and_otherwise_it_is_said_once(record: Record) -> None:
    before = record.pointer
    record.change(OLD, NEW)
    assert record.run("build", "--strict") == 1
    assert len(record.said()) == 1
    assert record.pointer == before
    assert (record.run("build"), len(record.said())) == (0, 1)
    assert record.pointer != before
    assert (record.run("build"), record.said()) == (0, [])


def test_of_many_the_first_are_named_and_all_are_counted(record: Record) -> None:
    names = [
        f"  - id: person-{number:02d}\n    label: Person {number}\n    kind: person\n" for number in range(30)
    ]
    more = record.data / "actors" / "more.yaml"
    more.write_text("actors:\n" + "".join(names), encoding="utf-8")
    assert record.run("build") == 0
    more.unlink()
    assert record.run("check") == 0
    lines = record.said()
    assert len(lines) == 21
    assert any("10 more slugs" in line for line in lines)


def test_another_record_in_the_same_place_owes_nothing_to_the_one_before(record: Record) -> None:
    (record.snapshot / "current" / "records.json").write_text('{"a-slug-of-theirs": "0"}', encoding="utf-8")
    assert (record.run("check"), record.said()) == (0, [])


@pytest.mark.parametrize("damage", ["{", "[]", None])
def test_a_damaged_snapshot_keeps_nobody_from_building(record: Record, damage: str | None) -> None:
    held = record.snapshot / "current" / "records.json"
    held.unlink() if damage is None else held.write_text(damage, encoding="utf-8")
    assert (record.run("build"), record.said()) == (0, [])


def test_files_that_cannot_be_read_breed_no_warnings(record: Record) -> None:
    (record.data / "actors" / "actors.yaml").write_text("actors: [", encoding="utf-8")
    assert record.run("check") == 1
    assert record.said() == []
