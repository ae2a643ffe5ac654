"""The lock files: complete, hashed, and without a trace of where they were made."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

LOCKS = ["run", "dev", "node"]
PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+) \\$")


def pinned(path: Path) -> dict[str, Version]:
    """Canonical package name -> locked version."""
    found = (PIN.match(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {canonicalize_name(match[1]): Version(match[2]) for match in found if match}


def declared(repo: Path, extras: list[str]) -> Iterator[Requirement]:
    project = tomllib.loads((repo / "pyproject.toml").read_text(encoding="utf-8"))
    lines = project["project"]["dependencies"] + project["build-system"]["requires"]
    for extra in extras:
        lines += project["project"]["optional-dependencies"][extra]
    return map(Requirement, lines)


@pytest.mark.parametrize("name", LOCKS)
def test_every_line_is_a_pin_with_hashes_or_a_comment(repo: Path, name: str) -> None:
    blocks = re.split(
        r"\n(?=[A-Za-z0-9])", (repo / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    )
    assert blocks[0].startswith("#")
    for block in blocks[1:]:
        lines = block.splitlines()
        assert PIN.match(lines[0]), lines[0]
        hashes = [line for line in lines[1:] if re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line)]
        assert hashes, f"{lines[0]} has no hash"
        assert all(line.startswith("    #") for line in lines[1:] if line not in hashes), block


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_names_no_place(repo: Path, name: str) -> None:
    text = (repo / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert " @ " not in text
    assert not re.search(
        r"--(index-url|extra-index-url|find-links|trusted-host)|^-[ceifr] ", text, re.MULTILINE
    )
    assert not re.search(r"#.*\s/\S", text), "an absolute path in a comment"


@pytest.mark.parametrize(("name", "extras"), [("run", ["reasoning"]), ("dev", ["reasoning", "dev"])])
def test_every_declared_package_is_locked_within_its_range(repo: Path, name: str, extras: list[str]) -> None:
    locked = pinned(repo / "requirements" / f"{name}.txt")
    for requirement in declared(repo, extras):
        version = locked.get(canonicalize_name(requirement.name))
        assert version is not None, f"{requirement.name} is not in requirements/{name}.txt: run `make lock`"
        assert version in requirement.specifier, f"{requirement} but locked at {version}: run `make lock`"


def test_node_is_locked_within_the_range_that_is_asked_for(repo: Path) -> None:
    asked = (repo / "requirements" / "node.in").read_text(encoding="utf-8").splitlines()
    requirement = Requirement(next(line for line in asked if not line.startswith("#")))
    locked = pinned(repo / "requirements" / "node.txt")
    assert locked[canonicalize_name(requirement.name)] in requirement.specifier
    assert not set(locked) & set(pinned(repo / "requirements" / "run.txt"))


def test_developers_run_the_versions_that_users_run(repo: Path) -> None:
    run, dev = (pinned(repo / "requirements" / f"{name}.txt") for name in ("run", "dev"))
    assert run.items() <= dev.items()


def test_every_dependency_has_its_reason_beside_it(repo: Path) -> None:
    text = (repo / "pyproject.toml").read_text(encoding="utf-8")
    lists = re.findall(r"^(?:dependencies|reasoning|dev) = \[\n(.*?)^\]", text, re.MULTILINE | re.DOTALL)
    assert len(lists) == 3
    for line in "".join(lists).splitlines():
        assert re.fullmatch(r'    "[^"]+", +# .{10,}', line), f"no reason beside: {line.strip()}"
