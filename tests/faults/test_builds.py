"""Bad input at the builder: a finding with its place, status 1, no traceback, the old snapshot served."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parent.parent / "data" / "example"


class Kitchen:
    """A copy of the example record, built once, that a test may spoil."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        shutil.copytree(EXAMPLE, self.data, ignore=shutil.ignore_patterns("captures"))
        self.captures = folder / "captures"
        shutil.copytree(EXAMPLE / "captures", self.captures)
        self.snapshot = folder / "snapshot"

    def run(self, *words: str, wrap: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
        """`onrecord --data … --snapshot … --captures … WORDS` in a process of its own."""
        places = [
            "--data",
            str(self.data),
            "--snapshot",
            str(self.snapshot),
            "--captures",
            str(self.captures),
        ]
        command = [*wrap, sys.executable, "-m", "onrecord", *places, *words]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)

    def edit(self, name: str, old: str, new: str) -> None:
        """Replaces the first `old` in a file of the record."""
        path = self.data / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}: the test has nothing to spoil"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def served(self) -> str:
        """The name of the published snapshot."""
        return str((self.snapshot / "current").readlink())


@pytest.fixture
def kitchen(tmp_path: Path, built: Path) -> Kitchen:
    kitchen = Kitchen(tmp_path)
    shutil.copytree(built, kitchen.snapshot, symlinks=True)
    return kitchen


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A snapshot of the unspoilt example."""
    kitchen = Kitchen(tmp_path_factory.mktemp("kitchen"))
    result = kitchen.run("build")
    assert result.returncode == 0, result.stderr
    return kitchen.snapshot


def _first_source(kitchen: Kitchen) -> str:
    return "sources/river-post.yaml"


def _duplicate_key(kitchen: Kitchen) -> None:
    kitchen.edit(_first_source(kitchen), "id: river-post\n", "id: river-post\nid: river-post\n")


def _unknown_key(kitchen: Kitchen) -> None:
    kitchen.edit(_first_source(kitchen), "    speaker: ", "    speeker: ")


def _dangling_slug(kitchen: Kitchen) -> None:
    kitchen.edit(_first_source(kitchen), "    speaker: ", "    speaker: nobody-we-know-")


def _wrong_date(kitchen: Kitchen) -> None:
    kitchen.edit(_first_source(kitchen), "      when: ", "      when: 2018-02-30 #")


def _altered_quotation(kitchen: Kitchen) -> None:
    kitchen.edit(_first_source(kitchen), '      - exact: "', '      - exact: "Never ')


def _changed_capture(kitchen: Kitchen) -> None:
    path = kitchen.captures / "river-post.txt"
    path.write_text(path.read_text(encoding="utf-8") + "x", encoding="utf-8")


def _yaml_bomb(kitchen: Kitchen) -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)]
    (kitchen.data / "actors" / "bomb.yaml").write_text("\n".join(lines))


def _not_utf8(kitchen: Kitchen) -> None:
    (kitchen.data / "actors" / "latin.yaml").write_bytes("actors: # caf\xe9".encode("latin-1"))


def _unreadable(kitchen: Kitchen) -> None:
    (kitchen.data / "actors" / "circle.yaml").symlink_to("circle.yaml")


def _deep(kitchen: Kitchen) -> None:
    (kitchen.data / "actors" / "deep.yaml").write_text("[" * 50_000)


FAULTS: dict[str, tuple[Callable[[Kitchen], None], str]] = {
    "a duplicate key": (_duplicate_key, "river-post.yaml:"),
    "an unknown key": (_unknown_key, "did you mean speaker"),
    "a dangling slug": (_dangling_slug, "which no file declares"),
    "a date that is not in the calendar": (_wrong_date, "2018-02-30"),
    "a quotation that the capture does not hold": (_altered_quotation, "OR2"),
    "a capture that changed": (_changed_capture, "river-post.txt"),
    "a YAML bomb": (_yaml_bomb, "bomb.yaml:1:"),
    "a file that is not UTF-8": (_not_utf8, "latin.yaml"),
    "a file that can't be read": (_unreadable, "circle.yaml"),
    "brackets without end": (_deep, "deep.yaml"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_bad_input_is_a_finding_and_the_old_snapshot_stays(kitchen: Kitchen, fault: str) -> None:
    spoil, said = FAULTS[fault]
    before = kitchen.served()
    spoil(kitchen)
    result = kitchen.run("build")
    assert result.returncode == 1, result.stderr
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert kitchen.served() == before
    answer = kitchen.run("ask", "timeline", "--output", "json")
    assert answer.returncode == 0, answer.stderr


@pytest.mark.parametrize("spoil", [_duplicate_key, _unknown_key, _wrong_date])
def test_one_fault_is_told_without_what_follows_from_it(
    kitchen: Kitchen, spoil: Callable[[Kitchen], None]
) -> None:
    spoil(kitchen)
    result = kitchen.run("--format", "json", "build")
    found = [f for f in json.loads(result.stdout)["findings"] if f["severity"] == "error"]
    assert {f["file"] for f in found} == {str(kitchen.data / "sources" / "river-post.yaml")}
    assert {f["code"] for f in found} <= {"OR105", "OR106", "OR107", "OR109"}


def test_findings_are_also_json(kitchen: Kitchen) -> None:
    _unknown_key(kitchen)
    result = kitchen.run("--format", "json", "build")
    found = json.loads(result.stdout)["findings"]
    assert result.returncode == 1
    assert {"code", "severity", "message", "hint", "file", "line", "column"} <= set(found[0])
    assert found[0]["line"] > 0


def test_a_disk_without_room_is_said_and_the_old_snapshot_stays(kitchen: Kitchen) -> None:
    before = kitchen.served()
    kitchen.edit("onrecord.toml", 'title = "', 'title = "Another ')
    result = kitchen.run("build", wrap=("bash", "-c", 'ulimit -f 40; exec "$@"', "bash"))
    assert result.returncode == 3, result.stderr
    assert "no space" in result.stderr
    assert "Traceback" not in result.stderr
    assert kitchen.served() == before
    assert not list(kitchen.snapshot.glob("building-*"))
    assert kitchen.run("build").returncode == 0
    assert kitchen.served() != before


def test_a_disk_without_room_for_an_export_keeps_what_was_there(kitchen: Kitchen, tmp_path: Path) -> None:
    out = tmp_path / "whole.ttl"
    out.write_text("kept")
    words = ("export", "turtle", "--out", str(out))
    result = kitchen.run(*words, wrap=("bash", "-c", 'ulimit -f 1; exec "$@"', "bash"))
    assert result.returncode == 3, result.stderr
    assert "no space" in result.stderr
    assert [path.name for path in tmp_path.glob("*whole*")] == ["whole.ttl"]
    assert out.read_text() == "kept"


@pytest.mark.parametrize("words", [["ask", "timeline"], ["export", "turtle"], ["limits"]])
def test_standard_output_without_room_is_said(kitchen: Kitchen, words: list[str]) -> None:
    result = kitchen.run(*words, wrap=("bash", "-c", 'exec "$@" > /dev/full', "bash"))
    assert result.returncode == 3, result.stderr
    assert "no space" in result.stderr
    assert "internal error" not in result.stderr


def test_a_snapshot_folder_that_is_a_file_is_unavailable(kitchen: Kitchen) -> None:
    shutil.rmtree(kitchen.snapshot)
    kitchen.snapshot.write_text("in the way")
    result = kitchen.run("build")
    assert result.returncode == 3, result.stderr
    assert "Traceback" not in result.stderr


def test_a_snapshot_folder_that_cannot_be_made_is_unavailable(kitchen: Kitchen) -> None:
    kitchen.snapshot = Path("/proc/nowhere")
    result = kitchen.run("ask", "timeline")
    assert result.returncode == 3, result.stderr
    assert "/proc/nowhere can't be written" in result.stderr
    assert "internal error" not in result.stderr


@pytest.mark.parametrize("spoil", ["changed", "missing"])
def test_verify_names_a_manifest_that_was_tampered_with(kitchen: Kitchen, spoil: str) -> None:
    manifest = kitchen.snapshot / "current" / "manifest.json"
    manifest.unlink() if spoil == "missing" else manifest.write_text("{")
    result = kitchen.run("verify", "--store")
    assert result.returncode == 1, result.stderr
    assert "manifest.json" in result.stderr


def test_a_build_is_the_same_in_another_zone_locale_and_hash_seed(kitchen: Kitchen, tmp_path: Path) -> None:
    hashes = set()
    for number, environment in enumerate(
        [
            {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
            {"TZ": "America/New_York", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"},
        ]
    ):
        target = tmp_path / str(number)
        command = [
            sys.executable,
            "-m",
            "onrecord",
            "--data",
            str(kitchen.data),
            "--snapshot",
            str(target),
            "build",
        ]
        result = subprocess.run(
            command, env=os.environ | environment, capture_output=True, text=True, check=True
        )
        hashes.add(result.stdout.rpartition("dataset ")[2])
    assert len(hashes) == 1
