"""Bad files: whatever stands in a folder of data or captures, reading ends, quickly and with an answer."""

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.authoring import anchor, canonical, check_form, read
from onrecord.checking.anchors import verify
from onrecord.errors import OnRecordError
from onrecord.terms import load_kinds
from onrecord.text import capture_of, read_capture, read_captures

REPO = Path(__file__).resolve().parents[2]
EXAMPLE = REPO / "tests" / "data" / "example"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    copied = tmp_path / "data"
    shutil.copytree(EXAMPLE, copied)
    return copied


def codes(data: Path) -> set[str]:
    """The codes of a reading."""
    return {finding.code for finding in read(data, load_kinds(REPO / "ontology"))[1]}


def test_an_absent_folder(tmp_path: Path) -> None:
    register, (finding,) = read(tmp_path / "nowhere", {})
    assert (finding.code, finding.place.file) == ("OR101", str(tmp_path / "nowhere"))
    assert register.entries == {}


def test_a_file_where_the_folder_should_be(data: Path) -> None:
    shutil.rmtree(data / "actors")
    (data / "actors").write_text("actors: []\n")
    assert "OR101" in codes(data)


@pytest.mark.parametrize("kind", ["folder", "dangling", "loop", "outside", "fifo"])
def test_what_is_no_file_of_ours(kind: str, data: Path, tmp_path: Path) -> None:
    path = data / "actors" / "more.yaml"
    outside = tmp_path / "secret.yaml"
    outside.write_text("actors: []\n")
    if kind == "folder":
        path.mkdir()
    elif kind == "fifo":
        os.mkfifo(path)
    else:
        path.symlink_to({"dangling": data / "nothing.yaml", "loop": path, "outside": outside}[kind])
    found = [finding for finding in read(data, {})[1] if finding.place.file == str(path)]
    assert [finding.code for finding in found] == ["OR101"]


def test_a_link_inside_the_folder_is_read_and_its_slugs_are_taken(data: Path) -> None:
    (data / "actors" / "more.yaml").symlink_to(data / "actors" / "actors.yaml")
    assert codes(data) == {"OR113"}


def test_a_file_that_may_not_be_read(data: Path) -> None:
    """Root may read everything, so a process without rights looks."""
    path = data / "actors" / "actors.yaml"
    path.chmod(0o000)
    script = (
        "import os, sys, pathlib\n"
        "from onrecord.authoring import read\n"
        "if os.geteuid() == 0: os.setuid(65534)\n"
        "print(*(f'{f.place.file} {f.code}' for f in read(pathlib.Path(sys.argv[1]), {})[1]), sep='\\n')\n"
    )
    for folder in (data, *data.parents):
        if folder.owner() == "root" or os.geteuid() == 0:
            folder.chmod(folder.stat().st_mode | 0o055) if str(folder).count("/") > 1 else None
    run = subprocess.run([sys.executable, "-c", script, data], capture_output=True, text=True, check=False)
    assert f"{path} OR101" in run.stdout, run.stderr


@pytest.mark.parametrize("name", ["actors.yml", "actors.json", "actors.YAML", "deeper", "actors.yaml~"])
def test_what_is_not_read_is_said(name: str, data: Path) -> None:
    path = data / "actors" / name
    if name == "deeper":
        path.mkdir()
    else:
        path.write_text("actors: []\n")
    (finding,) = [finding for finding in read(data, {})[1] if finding.code == "OR112"]
    assert finding.place.file == str(path)


def test_what_editors_and_people_leave_is_passed_over(data: Path) -> None:
    for name in (".actors.yaml.swp", ".DS_Store", "README.md", "notes.txt", ".hidden.yaml"):
        (data / "actors" / name).write_bytes(b"\xff\x00")
    assert codes(data) == set()


BOMBS = {
    "laughs": "a: &a [x, x, x, x, x, x, x, x, x]\n"
    + "".join(
        f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    ),
    "brackets": "[" * 1_000_000,
    "braces": "{a: " * 500_000,
    "dashes": "- " * 1_000_000,
    "questions": "? " * 1_000_000,
    "indentation": "\n".join(" " * n + "a:" for n in range(3000)),
    "one long line": "a: " + "x" * 5_000_000,
    "one long key": "x" * 5_000_000 + ": a",
    "many keys": "\n".join(f"k{n}: a" for n in range(500_000)),
    "the same key": "a: a\n" * 500_000,
    "many items": "actors:\n" + "- a\n" * 1_000_000,
    "quotation marks": 'a: "' * 500_000,
    "backslashes": 'a: "' + "\\" * 2_000_000,
    "hashes": "#" * 5_000_000,
    "spaces": " " * 5_000_000,
    "line feeds": "\n" * 5_000_000,
}


@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", BOMBS)
def test_five_megabytes_of_nonsense_are_answered(name: str, data: Path) -> None:
    path = data / "actors" / "bomb.yaml"
    path.write_text(BOMBS[name])
    findings = [finding for finding in read(data, {})[1] if finding.place.file == str(path)]
    assert findings or name in {"hashes", "spaces", "line feeds"}
    assert len(findings) <= 501


@pytest.mark.timeout(600)
def test_a_file_that_is_too_big_is_not_read(data: Path) -> None:
    path = data / "actors" / "big.yaml"
    with path.open("wb") as stream:
        stream.truncate(10**12)
    assert codes(data) == {"OR111"}


def test_random_bytes_never_break_the_reading(data: Path) -> None:
    dice = random.Random(11)
    path = data / "sources" / "valley-wire.yaml"
    good = path.read_bytes()
    captures, _ = read_captures(data / "captures", read(EXAMPLE, {})[0].sources)
    for _ in range(100):
        raw = bytearray(good)
        for _ in range(dice.randint(1, 8)):
            at = dice.randrange(len(raw))
            raw[at : at + dice.randint(0, 3)] = dice.randbytes(dice.randint(0, 3))
        path.write_bytes(raw)
        register, findings = read(data, {})
        assert all(finding.code in str(finding) for finding in findings)
        verify(register, captures)
        check_form(path)
        try:
            canonical(path)
        except OnRecordError:
            assert findings
        capture = captures["valley-wire"]
        assert capture is not None
        text, refused = anchor(path, capture)
        assert text or refused


def test_random_bytes_as_a_capture(tmp_path: Path) -> None:
    dice = random.Random(12)
    source = EXAMPLE / "sources" / "valley-wire.yaml"
    for _ in range(50):
        path = tmp_path / "valley-wire.txt"
        path.write_bytes(dice.randbytes(dice.randint(0, 400)))
        capture, findings = read_capture(path)
        assert (capture is None) == bool(findings)
    text, findings = anchor(source, capture_of("", "valley-wire", "valley-wire.txt"))
    assert text == source.read_text(encoding="utf-8")
    assert {finding.code for finding in findings if finding.severity == "error"} == {"OR203"}


def test_an_anchor_put_on_the_same_words_elsewhere_is_named(data: Path) -> None:
    """Words, hash and length fit both places; only the seal knows which is meant."""
    path = data / "sources" / "valley-wire.yaml"
    lines = path.read_text(encoding="utf-8").split("\n")
    first, second = (n for n, line in enumerate(lines) if line.endswith('exact: "We do not comment,"'))
    starts = [next(n for n in range(at, at + 6) if "start:" in lines[n]) for at in (first, second)]
    for offset in (0, 1):
        lines[starts[0] + offset] = lines[starts[1] + offset]
    path.write_text("\n".join(lines), encoding="utf-8")
    register, _ = read(data, {})
    captures, _ = read_captures(data / "captures", register.sources)
    for at_hand in (captures, {}):
        errors = [f for f in verify(register, at_hand).findings if f.severity == "error"]
        assert [f.place.file for f in errors] == [str(path)]
        assert first < errors[0].place.line <= first + 7
