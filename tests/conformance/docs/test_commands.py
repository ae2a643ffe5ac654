"""What README and tutorial tell people to type works as it stands there."""

import re
import shlex
from pathlib import Path

import pytest

from onrecord.cli import run

REPO = Path(__file__).resolve().parents[3]
PAGES = ("README.md", "docs/tutorial.md")
# A person's own folder, a browser that stays open, rewriting the checkout's files: tested elsewhere.
ELSEWHERE = (
    "onrecord app",
    "onrecord serve",
    "onrecord anchor",
    "onrecord fmt",
    "onrecord verify --captures FOLDER",
)


def _commands() -> list[str]:
    found = []
    for page in PAGES:
        text = (REPO / page).read_text(encoding="utf-8")
        for block in re.findall(r"^```sh\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL):
            lines = [line.split("  #")[0].rstrip() for line in block.splitlines()]
            found += [line for line in lines if line.startswith("onrecord ")]
    return [command for command in dict.fromkeys(found) if not command.startswith(ELSEWHERE)]


@pytest.fixture(scope="module")
def places(repo: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The first dossier and a snapshot for these commands alone, as some of them build."""
    return ["--data", str(repo / "data"), "--snapshot", str(tmp_path_factory.mktemp("typed") / "snapshot")]


@pytest.mark.parametrize("command", _commands())
def test_the_command_works(
    command: str,
    places: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run([*shlex.split(command)[1:], *places]) == 0
    out, _ = capfd.readouterr()
    assert out or list(tmp_path.iterdir()), "neither an answer nor a file"


def test_every_page_that_is_linked_exists() -> None:
    for page in [REPO / name for name in (*PAGES, "CONTRIBUTING.md")] + sorted(REPO.glob("docs/*.md")):
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}, which is not there"
