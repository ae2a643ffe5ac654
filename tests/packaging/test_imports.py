"""What the code imports is what pyproject.toml declares, no more and no less; and importing it is cheap."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

# Third parties whose import takes longer than a cold `onrecord ask` may: each is imported where it is used.
HEAVY = {"altair", "networkx", "numpy", "owlready2", "pandas", "pyshacl", "rdflib", "streamlit"}

# Released together with what they are part of, whose range decides theirs.
PART_OF = {"pydantic-core": "pydantic"}

# Imported by the part of another that we build on, which declares it as an extra only.
UNDER = {"httptools": "uvicorn"}


def imported(folder: Path) -> Iterator[tuple[str, Path]]:
    """Top-level names of absolute imports anywhere in the folder's modules."""
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((alias.name.partition(".")[0], path) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                yield node.module.partition(".")[0], path


def third_parties(repo: Path, folder: str) -> dict[str, Path]:
    """Canonical distribution name -> one module that imports it."""
    providers = packages_distributions()
    ours = {"onrecord", "benchmarks", "tests"} | {path.stem for path in (repo / folder).rglob("*")}
    found = {
        canonicalize_name(providers.get(name, [name])[0]): path
        for name, path in imported(repo / folder)
        if name not in sys.stdlib_module_names and name not in ours
    }
    return {PART_OF.get(name, name): path for name, path in found.items()}


def declared(repo: Path, *extras: str) -> set[str]:
    project = tomllib.loads((repo / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = project["dependencies"] + [
        line for extra in extras for line in project["optional-dependencies"][extra]
    ]
    return {canonicalize_name(Requirement(line).name) for line in lines}


@pytest.mark.parametrize(
    ("folder", "extras"),
    [
        ("src/onrecord", ["reasoning"]),
        ("app", []),
        ("tests", ["reasoning", "dev"]),
        ("benchmarks", ["reasoning", "dev"]),
    ],
)
def test_whatever_is_imported_is_declared(repo: Path, folder: str, extras: list[str]) -> None:
    for name, path in third_parties(repo, folder).items():
        assert name in declared(repo, *extras), (
            f"{path.relative_to(repo)} imports {name}: declare it in pyproject.toml"
        )


def test_whatever_users_must_install_is_imported(repo: Path) -> None:
    used = third_parties(repo, "src/onrecord").keys() | third_parties(repo, "app").keys()
    used |= {name for name, above in UNDER.items() if above in used}
    assert declared(repo, "reasoning") - used == set(), "declared in pyproject.toml, imported nowhere"


def test_importing_the_command_line_loads_nothing_heavy(plain_environment: Mapping[str, str]) -> None:
    code = (
        "import sys, onrecord, onrecord.cli; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=dict(plain_environment)
    )
    loaded = set(shown.stdout.split())
    assert "onrecord" in loaded
    assert loaded & HEAVY == set()


def test_asking_a_question_loads_no_models(plain_environment: Mapping[str, str]) -> None:
    code = "import sys, onrecord.workspace, onrecord.workspace.questions; print(*sorted(sys.modules))"
    shown = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=dict(plain_environment)
    )
    loaded = set(shown.stdout.split())
    assert "onrecord.query.questions" in loaded
    assert loaded & {"onrecord.model", "pydantic", "numpy", "rdflib"} == set()


def test_the_version_is_that_of_the_project(repo: Path) -> None:
    import onrecord

    project = tomllib.loads((repo / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert onrecord.__version__ == project["version"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", onrecord.__version__)
