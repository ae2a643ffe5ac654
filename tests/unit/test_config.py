"""Which folders are meant: options before environment before defaults."""

from pathlib import Path
from typing import Any, cast

import pytest

from onrecord import config
from onrecord.errors import ConfigurationError


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("option", "variable", "data", "texts"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "onrecord.toml").write_text('title = "x"')
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_an_option_wins_over_the_environment(base: Path) -> None:
    environment = {"ONRECORD_DATA": str(base / "variable"), "ONRECORD_SNAPSHOT": str(base / "there")}
    assert config.settings(base / "option", environment=environment).data == base / "option"
    assert config.settings(environment=environment).data == base / "variable"
    assert config.settings(snapshot=base / "here", environment=environment).snapshot == base / "here"


def test_the_data_folder_here_is_the_default(base: Path) -> None:
    found = config.settings(environment={})
    assert (found.data.resolve(), found.packaged) == (base / "data", False)
    assert found.snapshot.resolve() == base / ".onrecord"
    assert found.captures.resolve() == base / ".onrecord" / "captures"


def test_without_one_the_packaged_record_is_taken_and_the_cache_folder(base: Path) -> None:
    (base / "data" / "onrecord.toml").unlink()
    found = config.settings(environment={"XDG_CACHE_HOME": str(base / "cache")})
    assert found.packaged
    assert (found.data / "onrecord.toml").is_file()
    assert found.snapshot == base / "cache" / "onrecord"


@pytest.mark.parametrize("name", ["data", "captures"])
def test_a_named_folder_that_is_none_is_an_error(base: Path, name: str) -> None:
    with pytest.raises(ConfigurationError, match="nowhere"):
        config.settings(environment={}, **cast(Any, {name: base / "nowhere"}))


@pytest.mark.parametrize("name", ["A\\nB", "A\\u202Eb", "A\\u200Bb"])
def test_a_creator_is_as_it_looks(base: Path, name: str) -> None:
    (base / "data" / "onrecord.toml").write_text(f'title = "T"\ncreators = ["{name}"]\n')
    with pytest.raises(ConfigurationError, match="creators must be a list of names"):
        config.identity(base / "data")


def test_identity_reads_every_key(base: Path) -> None:
    (base / "data" / "onrecord.toml").write_text(
        'title = "T"\nbase = "https://x.org/kb/"\nlanguage = "en"\nlicence = "L"\ndescription = "D"\n'
        'creators = ["A", "B"]\n'
    )
    assert config.identity(base / "data") == config.Identity(
        "T", "https://x.org/kb/", "en", "L", "D", ("A", "B")
    )
