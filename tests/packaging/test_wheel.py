"""What is built and installed: the sdist holds everything, and a wheel made from it works on its own."""

import json
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

SHIPPED = {"ontology": "onrecord/_ontology", "data": "onrecord/_data", "app": "onrecord/_app"}
BUILT = {"components/built/editor.js", "components/built/editor-licences.txt"}  # bundled on the way


def run(*arguments: str | Path, cwd: Path, env: Mapping[str, str]) -> str:
    done = subprocess.run(arguments, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{arguments} exited {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def files(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.fixture(scope="session")
def sdist(repo: Path, tmp_path_factory: pytest.TempPathFactory, plain_environment: Mapping[str, str]) -> Path:
    """The unpacked sdist."""
    folder = tmp_path_factory.mktemp("sdist")
    run(
        sys.executable,
        "-m",
        "build",
        "--sdist",
        "--no-isolation",
        "--outdir",
        folder,
        repo,
        cwd=folder,
        env=plain_environment,
    )
    (archive,) = folder.glob("onrecord-*.tar.gz")
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    (unpacked,) = (path for path in folder.iterdir() if path.is_dir())
    return unpacked


@pytest.fixture(scope="session")
def wheel(
    sdist: Path, tmp_path_factory: pytest.TempPathFactory, plain_environment: Mapping[str, str]
) -> Path:
    """A wheel built from the unpacked sdist, not from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    run(
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        folder,
        sdist,
        cwd=folder,
        env=plain_environment,
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def installed(
    wheel: Path, tmp_path_factory: pytest.TempPathFactory, plain_environment: Mapping[str, str]
) -> Path:
    """The `bin` folder of a new virtual environment with the wheel in it.

    The packages that onrecord needs are taken from the environment of the tests by a path file; that
    does not bring the checkout along, because path files of folders added so are not read.
    """
    folder = tmp_path_factory.mktemp("installed")
    run(sys.executable, "-m", "venv", "--without-pip", folder / "venv", cwd=folder, env=plain_environment)
    python = folder / "venv" / "bin" / "python"
    run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        wheel,
        cwd=folder,
        env=plain_environment,
    )
    (site,) = (folder / "venv" / "lib").glob("python*/site-packages")
    needed = next(path for path in sys.path if path.endswith("site-packages"))
    (site / "needed.pth").write_text(f"{needed}\n", encoding="utf-8")
    return python.parent


@pytest.fixture
def elsewhere(tmp_path: Path, plain_environment: Mapping[str, str]) -> dict[str, str]:
    """A user's environment with an empty home, so that nothing built before is found."""
    home = tmp_path / "home"
    home.mkdir()
    kept = {
        name: value for name, value in plain_environment.items() if not name.startswith(("XDG_", "PYTHON"))
    }
    return kept | {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}


@pytest.mark.parametrize(("folder", "inside"), SHIPPED.items())
def test_the_wheel_holds_every_file_of_the_record_the_ontology_and_the_app(
    repo: Path, wheel: Path, folder: str, inside: str
) -> None:
    with zipfile.ZipFile(wheel) as archive:
        shipped = {
            name.removeprefix(f"{inside}/") for name in archive.namelist() if name.startswith(f"{inside}/")
        }
    assert shipped - BUILT == files(repo / folder) - BUILT
    assert shipped


def test_the_wheel_holds_the_editor_and_the_licences_of_what_is_in_it(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        bundle = archive.read("onrecord/_app/components/built/editor.js")
        licences = archive.read("onrecord/_app/components/built/editor-licences.txt").decode()
    assert len(bundle) > 100_000
    assert b"import(" not in bundle, "the bundle is whole, and asks for nothing more"
    assert "codemirror-lang-sparql" in licences
    assert licences.count("Permission is hereby granted") == licences.count("(MIT)")


def test_the_wheel_holds_the_code_its_types_and_both_licences(repo: Path, wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    shipped = {
        name.removeprefix("onrecord/") for name in names if name.startswith("onrecord/") and "/_" not in name
    }
    code = {name for name in files(repo / "src" / "onrecord") if "/_" not in f"/{name}"}
    assert code - {"__init__.py", "__main__.py"} <= shipped
    assert "onrecord/py.typed" in names
    licences = {name.partition("/licenses/")[2] for name in names if "/licenses/" in name}
    assert licences == {"LICENSE", "data/LICENSE.md"}


@pytest.mark.parametrize(
    "name",
    [".ci/run", ".ci/browser", "CONTRIBUTING.md", "LICENSE", "Makefile", "README.md", "pyproject.toml",
     "hatch_build.py", "requirements/node.in", "requirements/node.txt", "requirements/dev.txt",
     "requirements/run.txt", "data/LICENSE.md", "tests/conftest.py"],
)  # fmt: skip
def test_the_sdist_holds_what_a_developer_needs(sdist: Path, name: str) -> None:
    assert (sdist / name).is_file()


def test_the_sdist_holds_every_test_and_page(repo: Path, sdist: Path) -> None:
    for folder in ["tests", "docs", "src", "app", "ontology", "data"]:
        assert files(repo / folder) - BUILT == files(sdist / folder) - BUILT, folder


def test_the_sdist_holds_no_bundle(sdist: Path) -> None:
    (archive,) = sdist.parent.glob("onrecord-*.tar.gz")
    with tarfile.open(archive) as packed:
        assert not [
            name for name in packed.getnames() if "components/built" in name or "node_modules" in name
        ]


def test_an_installed_wheel_says_its_version(
    installed: Path, tmp_path: Path, elsewhere: dict[str, str]
) -> None:
    where = run(
        installed / "python", "-c", "import onrecord; print(onrecord.__file__)", cwd=tmp_path, env=elsewhere
    )
    assert where.startswith(str(installed.parent)), "the checkout was imported instead of the wheel"
    version = run(
        installed / "python",
        "-c",
        "import onrecord; print(onrecord.__version__)",
        cwd=tmp_path,
        env=elsewhere,
    )
    assert version.strip() in run(installed / "onrecord", "--version", cwd=tmp_path, env=elsewhere)


def test_an_installed_wheel_answers_from_the_record_inside_it(
    repo: Path, installed: Path, tmp_path: Path, elsewhere: dict[str, str]
) -> None:
    answer = json.loads(
        run(installed / "onrecord", "ask", "timeline", "--output", "json", cwd=tmp_path, env=elsewhere)
    )
    assert answer["question"] == "timeline"
    assert answer["complete"] is True
    assert answer["total"] == len(answer["rows"])
    published = {row["event"] for row in answer["rows"] if row["kind"] == "article-publication"}
    assert published == {f"{path.stem}-published" for path in (repo / "data" / "sources").glob("*.yaml")}
    assert published
