"""The published JSON Schemas are current and hold for the record; a wrong file does not fit them."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from onrecord.model import FOLDERS
from onrecord.model.schema import schemas


def _plain(path: Path) -> Any:
    return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_published_schema_is_current(repo: Path, folder: str) -> None:
    name = f"{folder}.schema.json"
    assert (repo / "docs" / "schemas" / name).read_text(encoding="utf-8") == schemas()[name], "run make docs"
    Draft202012Validator.check_schema(json.loads(schemas()[name]))


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_record_fits_its_schema(repo: Path, folder: str) -> None:
    validator = Draft202012Validator(json.loads(schemas()[f"{folder}.schema.json"]))
    paths = sorted((repo / "data" / folder).glob("*.yaml"))
    assert paths
    wrong = {path.name: [error.message for error in validator.iter_errors(_plain(path))] for path in paths}
    assert wrong == {path.name: [] for path in paths}


WRONG = {
    "an unknown key": {"actors": [{"id": "ada", "label": "Ada", "kind": "person", "colour": "red"}]},
    "a slug with a capital": {"actors": [{"id": "Ada", "label": "Ada", "kind": "person"}]},
    "a kind that is none": {"actors": [{"id": "ada", "label": "Ada", "kind": "poet"}]},
    "a record without a label": {"actors": [{"id": "ada", "kind": "person"}]},
}


@pytest.mark.parametrize("fault", WRONG)
def test_a_wrong_file_does_not_fit(fault: str) -> None:
    validator = Draft202012Validator(json.loads(schemas()["actors.schema.json"]))
    assert not validator.is_valid(WRONG[fault])
