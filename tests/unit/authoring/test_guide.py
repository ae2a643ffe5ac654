"""What the guide for curators says is so."""

import re
from pathlib import Path

import pytest

from onrecord.authoring.conversion import convert
from onrecord.authoring.fields import fields_of
from onrecord.authoring.node import Mapping
from onrecord.authoring.syntax import parse
from onrecord.cli.codes import codes
from onrecord.model import FILES, FOLDERS, LICENCES, RedirectsFile, SourceFile

GUIDE = (Path(__file__).resolve().parents[3] / "docs" / "curating.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.split("\n")[0].strip())
def test_every_example_is_read(block: str) -> None:
    indent = min(len(line) - len(line.lstrip()) for line in block.splitlines() if line.strip())
    text = "\n".join(line[indent:] for line in block.splitlines())
    tree, findings = parse(text, "guide")
    assert findings == []
    assert isinstance(tree, Mapping)
    _, findings = convert(RedirectsFile if tree.get("redirects") else SourceFile, tree, "guide")
    parts = {"mode", "description", "passages", "quotes"}
    wrong = [f for f in findings if f.code not in ("OR106", "OR107")]
    assert wrong == []
    unknown = {f.message for f in findings if f.code == "OR106"}
    assert unknown <= {f"unknown key `{part}`" for part in parts}


def test_every_code_of_the_guide_exists() -> None:
    named = set(re.findall(r"OR\d{3}", GUIDE))
    assert len(named) > 15
    assert named <= set(codes())


def test_the_guide_names_every_folder_and_every_list() -> None:
    for folder in FOLDERS:
        assert f"`data/{folder}/`" in GUIDE
    for name in FILES:
        assert f"`data/{name}`" in GUIDE
    for name, field in fields_of(SourceFile).items():
        if field.form == "records":
            assert f"`{name}`" in GUIDE or f"{name}:" in GUIDE


def test_the_guide_names_every_licence() -> None:
    assert set(re.findall(r"`([A-Z][A-Z0-9-]+-[0-9]\.[0-9])`", GUIDE)) == set(LICENCES)
