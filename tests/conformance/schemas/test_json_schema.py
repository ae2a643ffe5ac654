"""The published JSON Schemas are current and hold for the record; a wrong file does not fit them."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from onrecord.model import FILES, FOLDERS, LICENCES
from onrecord.model.schema import schemas


def _plain(path: Path) -> Any:
    return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", schemas())
def test_the_published_schema_is_current(repo: Path, name: str) -> None:
    assert (repo / "docs" / "schemas" / name).read_text(encoding="utf-8") == schemas()[name], "run make docs"
    Draft202012Validator.check_schema(json.loads(schemas()[name]))


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_record_fits_its_schema(repo: Path, folder: str) -> None:
    validator = Draft202012Validator(json.loads(schemas()[f"{folder}.schema.json"]))
    paths = sorted((repo / "data" / folder).glob("*.yaml"))
    assert paths
    wrong = {path.name: [error.message for error in validator.iter_errors(_plain(path))] for path in paths}
    assert wrong == {path.name: [] for path in paths}


def test_every_folder_and_every_file_beside_them_has_a_schema(repo: Path) -> None:
    names = {f"{name.removesuffix('.yaml')}.schema.json" for name in (*FOLDERS, *FILES)}
    assert names == set(schemas()) == {path.name for path in (repo / "docs" / "schemas").iterdir()}


def test_the_schemas_know_what_the_models_do() -> None:
    redirects = Draft202012Validator(json.loads(schemas()["redirects.schema.json"]))
    one = {"old": "ada-b", "new": "ada-brandt", "noun": "actor"}
    assert redirects.is_valid({"redirects": [one]})
    for wrong in ({**one, "noun": "poet"}, {**one, "old": "Ada"}, {"old": "ada-b", "new": "ada-brandt"}):
        assert not redirects.is_valid({"redirects": [wrong]})
    licence = json.loads(schemas()["sources.schema.json"])["properties"]["licence"]
    assert set(licence["anyOf"][0]["enum"]) == set(LICENCES)


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
