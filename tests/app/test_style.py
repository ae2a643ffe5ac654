"""Style sheets: one a noun; a class that two of them set from the top belongs to the shared one."""

import re
from pathlib import Path

_RULE = re.compile(r"(?:^|\})\s*([^{}@]+)\{")
_FIRST = re.compile(r"\.(or-[a-z0-9-]+)")


def owners(folder: Path) -> dict[str, set[str]]:
    """Class → sheets in which a selector begins with it."""
    found: dict[str, set[str]] = {}
    for sheet in sorted(folder.glob("*.css")):
        text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.S)
        text = re.sub(r"@[^{]+\{", "}", text)  # rules of a media query are rules
        for selectors in _RULE.findall(text):
            for selector in selectors.split(","):
                first = _FIRST.match(selector.strip())
                if first:
                    found.setdefault(first.group(1), set()).add(sheet.stem)
    return found


def test_no_sheet_sets_a_class_of_another(repo: Path) -> None:
    found = owners(repo / "app" / "style")
    assert {"or-card", "or-band", "or-masthead"} <= found.keys(), "the sheets are read"
    shared = {name: sheets for name, sheets in found.items() if len(sheets) > 1 and "base" not in sheets}
    assert shared == {}


def test_two_sheets_that_set_a_class_are_named(tmp_path: Path) -> None:
    (tmp_path / "one.css").write_text(".or-same { color: red; }\n")
    (tmp_path / "two.css").write_text("@media print { .or-same a, .or-own { color: blue; } }\n")
    assert owners(tmp_path) == {"or-same": {"one", "two"}, "or-own": {"two"}}
