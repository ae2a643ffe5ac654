"""The page about the command line is what the command line says of itself."""

from pathlib import Path

from click.testing import CliRunner

from onrecord.cli import onrecord
from onrecord.cli.reference import page


def test_the_page_is_current(repo: Path) -> None:
    assert (repo / "docs" / "command-line.md").read_text(encoding="utf-8") == page(), "run make docs"


def test_every_command_of_the_help_has_a_section() -> None:
    text = page()
    listed = CliRunner().invoke(onrecord, ["--help"]).output
    for name in onrecord.list_commands(None):  # type: ignore[arg-type]
        assert f"## onrecord {name}\n" in text
        assert f"\n  {name} " in listed
