"""The Makefile and the gate's entry point."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

MAKEFILE = (Path(__file__).parents[2] / "Makefile").read_text(encoding="utf-8")
LISTED = re.findall(r"^([a-z]+):.*## ", MAKEFILE, re.MULTILINE)


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", "--no-print-directory", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture
def bare(repo: Path, tmp_path: Path) -> Path:
    """A folder that holds the Makefile and what it depends on, but no .venv."""
    for name in ["Makefile", "pyproject.toml"]:
        shutil.copy(repo / name, tmp_path / name)
    shutil.copytree(repo / "requirements", tmp_path / "requirements")
    return tmp_path


def test_the_promised_targets_are_listed(repo: Path) -> None:
    assert {"run", "test", "install", "check", "fmt", "clean", "help"} <= set(LISTED)
    shown = make(repo, "help").stdout.splitlines()
    assert [line.split()[1] for line in shown] == LISTED


@pytest.mark.parametrize("target", LISTED)
def test_a_listed_target_has_something_to_do(bare: Path, target: str) -> None:
    planned = make(bare, "--dry-run", target)
    assert planned.returncode == 0, planned.stderr
    assert planned.stdout.strip()


def test_every_generated_page_is_written_by_make_docs(repo: Path) -> None:
    written = make(repo, "--dry-run", "docs").stdout
    pages = {
        path for path in (repo / "docs").rglob("*.md") if "enerated by `make docs`" in path.read_text("utf-8")
    }
    assert pages
    for page in pages:
        assert f" {page.relative_to(repo).as_posix()}" in written


def test_a_python_that_is_too_old_is_refused_by_name(bare: Path) -> None:
    old = bare / "old-python"
    old.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    old.chmod(0o755)
    refused = make(bare, "install", f"PYTHON={old}")
    assert refused.returncode == 2
    assert f"{old} is not Python 3.11 or newer: make install PYTHON=/path/to/python3" in refused.stderr
    assert not (bare / ".venv").exists()


def test_no_python_at_all_says_what_is_needed(bare: Path) -> None:
    refused = make(bare, "install", "PYTHON=")
    assert refused.returncode == 2
    assert "onrecord needs Python 3.11 or newer" in refused.stderr


def test_continuous_integration_runs_the_whole_gate(repo: Path) -> None:
    script = (repo / ".ci" / "run").read_text(encoding="utf-8")
    commands = [line for line in script.splitlines() if line.startswith(("make", "exec make"))]
    assert commands == ["make test", "exec make survival"]
    for part in ["lint", "types", "floors", "record", "pytest", "survival"]:
        planned = make(repo, "--dry-run", part)
        assert planned.returncode == 0, planned.stderr


def test_a_machine_without_a_browser_is_told_what_to_install(repo: Path, tmp_path: Path) -> None:
    for name in ["bash", "id", "cat", "env"]:  # a machine that has neither a browser nor a way to install one
        found = shutil.which(name)
        assert found
        (tmp_path / name).symlink_to(found)
    asked = subprocess.run(
        [tmp_path / "bash", repo / ".ci" / "browser"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert asked.returncode == 2
    assert asked.stdout == ""
    assert "apt-get install chromium" in asked.stderr
    assert "ONRECORD_CHROMIUM=" in asked.stderr
