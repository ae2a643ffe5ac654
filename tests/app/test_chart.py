"""The chart claims no more than the dates do, and can be seen."""

import datetime as dt
import importlib
import tomllib
from pathlib import Path
from typing import Any

import pytest


def part(name: str) -> Any:
    """A module of the app, which is no package of the installation."""
    return importlib.import_module(f"parts.{name}")


@pytest.mark.parametrize(
    ("when", "grain"),
    [
        ("2018-05-09", "day"),
        ("2018-05-09~", "day"),
        ("[2018-05-09..2018-05-15]", "days"),
        ("2018-04", "month"),
        ("2017", "month"),
        ("[..2018-05-09]", "before"),
        ("[2018-05-09..]", "after"),
        ("2016-01/2016-11", "period"),
        ("2017-11/", "period"),
    ],
)
def test_a_shape_tells_how_finely_a_date_is_known(when: str, grain: str) -> None:
    assert part("dates").grain(when) == grain


@pytest.mark.parametrize(
    ("when", "sure"),
    [
        # from some day of January to some day of November: from 31 January to 1 November for sure
        ("2016-01/2016-11", (dt.date(2016, 1, 31), dt.date(2016, 11, 1))),
        ("2017-01-01/2018-11-09", (dt.date(2017, 1, 1), dt.date(2018, 11, 9))),
        ("2018-05/2018-05", None),
        ("2017-11/", None),
        ("2017-11/..", None),
    ],
)
def test_only_what_is_certain_of_a_period_is_solid(when: str, sure: tuple[dt.date, dt.date] | None) -> None:
    assert part("dates").certain_part(when) == sure


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_colour_can_be_told_from_both_backgrounds(repo: Path) -> None:
    theme = tomllib.loads((repo / "app" / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    for name in ("light", "dark"):
        ground = _luminance(theme[name]["backgroundColor"])
        for colour in part("chart")._COLOURS:
            dark, light = sorted((ground, _luminance(colour)))
            assert (light + 0.05) / (dark + 0.05) >= 3, (name, colour)
