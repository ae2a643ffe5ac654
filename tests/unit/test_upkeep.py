"""Rewriting data files: canonical form and anchors, through the command line as a curator types it."""

import re
import shutil
from pathlib import Path

import pytest

from onrecord.cli import run

EXAMPLE = Path(__file__).parents[1] / "data" / "example"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the example record, canonical from the start."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "data", ignore=shutil.ignore_patterns("captures")))


def _run(data: Path, *words: str) -> int:
    return run(["--data", str(data), "--captures", str(EXAMPLE / "captures"), *words])


def _texts(data: Path) -> dict[str, str]:
    return {str(path.relative_to(data)): path.read_text(encoding="utf-8") for path in data.rglob("*.yaml")}


def _spread(path: Path) -> str:
    """The file with a needless pair of quotation marks; returns what it was."""
    text = path.read_text(encoding="utf-8")
    path.write_text(
        re.sub(r"^id: (\S+)$", r'id:   "\1"', text, count=1, flags=re.MULTILINE), encoding="utf-8"
    )
    assert path.read_text(encoding="utf-8") != text
    return text


def test_canonical_files_stay_as_they_are(data: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = _texts(data)
    assert _run(data, "fmt", "--check") == 0
    assert _run(data, "fmt") == 0
    assert "canonical" in capfd.readouterr().err
    assert _texts(data) == before


def test_a_file_that_is_not_canonical_is_named_and_then_rewritten(
    data: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = data / "sources" / "river-post.yaml"
    wanted = _spread(path)
    spread = path.read_text(encoding="utf-8")
    assert _run(data, "fmt", "--check") == 1
    assert str(path) in capfd.readouterr().out
    assert path.read_text(encoding="utf-8") == spread
    assert _run(data, "fmt") == 0
    assert path.read_text(encoding="utf-8") == wanted


def test_a_file_that_cannot_be_read_is_a_finding_and_the_others_are_rewritten(
    data: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    broken = data / "sources" / "valley-wire.yaml"
    broken.write_text("id: [", encoding="utf-8")
    path = data / "sources" / "river-post.yaml"
    wanted = _spread(path)
    assert _run(data, "fmt") == 1
    assert str(broken) in capfd.readouterr().err
    assert broken.read_text(encoding="utf-8") == "id: ["
    assert path.read_text(encoding="utf-8") == wanted


def _loosened(path: Path) -> str:
    """Takes positions, hashes, seals and context off every quotation; returns the file as it was."""
    text = path.read_text(encoding="utf-8")
    loose, count = re.subn(
        r'(- exact: [^\n]+\n)(?: +(?:prefix|suffix|start|end|sha256|seal): [^\n]+\n)+', r"\1", text
    )  # fmt: skip
    assert count > 1
    loose = re.sub(r"(capture:\n +file: \S+\n) +sha256: \S+\n +length: \d+\n", r"\1", loose)
    assert loose.count("sha256: ") < text.count("sha256: ") - count
    path.write_text(loose, encoding="utf-8")
    return text


def test_quotations_without_a_place_are_anchored_where_they_stand(
    data: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = data / "sources" / "town-courier.yaml"
    wanted = _loosened(path)
    assert _run(data, "check") == 1
    assert "onrecord anchor" in capfd.readouterr().err
    assert _run(data, "anchor", "town-courier") == 0
    assert path.read_text(encoding="utf-8") == wanted
    assert "written" in capfd.readouterr().out
    assert _run(data, "anchor", "town-courier") == 0
    assert "nothing to change" in capfd.readouterr().out


def test_words_that_the_capture_does_not_hold_are_refused_and_the_file_stays(
    data: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = data / "sources" / "town-courier.yaml"
    _loosened(path)
    text = re.sub(r'- exact: "', '- exact: "Never ', path.read_text(encoding="utf-8"), count=1)
    path.write_text(text, encoding="utf-8")
    assert _run(data, "anchor", "town-courier") == 1
    shown = capfd.readouterr().err
    assert "OR203" in shown
    assert "was not changed" in shown
    assert path.read_text(encoding="utf-8") == text


def test_without_its_capture_a_source_cannot_be_anchored(
    data: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "none").mkdir()
    words = ["--data", str(data), "--captures", str(tmp_path / "none"), "anchor", "town-courier"]
    assert run(words) == 3
    assert "town-courier.txt" in capfd.readouterr().err


@pytest.mark.parametrize("slug", ["river-pots", "../sources/river-post", "/etc/passwd"])
def test_a_slug_that_names_no_source_is_refused(
    data: Path, slug: str, capfd: pytest.CaptureFixture[str]
) -> None:
    before = _texts(data)
    assert _run(data, "anchor", slug) == 2
    assert "no source" in capfd.readouterr().err
    assert _texts(data) == before


def test_a_folder_that_cannot_be_written_leaves_the_file(
    data: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = data / "sources" / "river-post.yaml"
    _spread(path)
    spread = path.read_text(encoding="utf-8")
    (path.parent / f".{path.name}.part").mkdir()
    assert _run(data, "fmt") == 3
    assert "can't be written" in capfd.readouterr().err
    assert path.read_text(encoding="utf-8") == spread
