"""Every finding has a code, every code a meaning, and the page says the same."""

import re
from pathlib import Path

from onrecord.cli.codes import HUNDREDS, codes, page


def test_the_page_is_that_of_the_code(repo: Path) -> None:
    assert (repo / "docs" / "findings.md").read_text(encoding="utf-8") == page(), "run make docs"


def test_every_code_that_is_raised_is_documented_and_every_documented_one_is_raised(repo: Path) -> None:
    uses: dict[str, int] = {}
    texts = [*(repo / "src").rglob("*.py"), *(repo / "ontology").rglob("*.ttl")]
    for path in texts:
        for code in re.findall(r"\bOR[1-9]\d\d\b", path.read_text(encoding="utf-8")):
            uses[code] = uses.get(code, 0) + 1
    documented = codes()
    assert set(uses) <= set(documented), set(uses) - set(documented)
    assert [code for code in documented if uses.get(code, 0) < 2] == []


def test_every_meaning_is_a_sentence() -> None:
    for code, meaning in codes().items():
        assert re.fullmatch(r"OR[1-6]\d\d", code)
        assert code[2] in HUNDREDS
        assert meaning[0].isupper() or meaning[0] == "`", code
        assert meaning.endswith((".", ")")), code
        assert "|" not in meaning, code
        assert "\n" not in meaning, code
