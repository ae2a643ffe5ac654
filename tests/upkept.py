"""A copy of the example record as years of upkeep leave it: renamed slugs, a correction log, more sources."""

import shutil
from hashlib import sha256
from pathlib import Path

from onrecord import config
from onrecord.workspace import Workspace

EXAMPLE = Path(__file__).resolve().parent / "data" / "example"
ODD = (
    "\ufeffFirst line, 14 March 2031\r\n\r\nA “curly” line with a no-break\u00a0space 📚\u2028and no end"
).encode()
"""A text in which a careless reader would drop the mark, translate line ends or trim."""
REASON = "The words are those of her predecessor <so>."

REDIRECTS = """\
redirects:
  - old: a-brandt
    new: ada-brandt
    noun: actor
  - old: media-committee
    new: culture-committee
    noun: actor
  - old: river-gazette
    new: river-post
    noun: document
  - old: sharing-deal
    new: records-agreement
    noun: document
"""
SOURCE = """\
id: {slug}
title: {slug}, written for tests
kind: news-article
publisher: river-post-news
published:
  when: "2031-03-14"
  basis: stated
{more}rights: Written for tests
capture:
  file: {slug}.txt
  sha256: {digest}
  length: {length}
"""
MORE = {
    "odd-letter": "licence: CC-BY-4.0",
    "bought-letter": "url: https://paper.example/bought",
    "lost-letter": "licence: OGL-UK-3.0",
    "spoiled-letter": "licence: CC0-1.0",
}
"""Sources besides: one with an odd text, one without a licence, one that is not at hand, one that changes."""


def upkept(folder: Path) -> Workspace:
    """Builds the record under `folder`; its captures are in `folder/captures`."""
    data, captures = folder / "data", folder / "captures"
    shutil.copytree(EXAMPLE, data, ignore=shutil.ignore_patterns("captures"))
    shutil.copytree(EXAMPLE / "captures", captures)
    for slug, more in MORE.items():
        url, licence = (more + "\n", "") if more.startswith("url") else ("", more + "\n")
        text = SOURCE.format(slug=slug, more=url, digest=sha256(ODD).hexdigest(), length=len(ODD.decode()))
        text = text.replace("capture:\n", f"{licence}capture:\n")
        (data / "sources" / f"{slug}.yaml").write_text(text, encoding="utf-8")
        if slug != "lost-letter":
            (captures / f"{slug}.txt").write_bytes(ODD)
    (data / "redirects.yaml").write_text(REDIRECTS, encoding="utf-8")
    workspace = Workspace(config.settings(data, folder / "snapshot", captures, environment={}))
    workspace.build()
    workspace.correct("river-post-letter-concern", "She takes no side.", "2031-03-30")
    workspace.retract("river-post-brandt", REASON, "2031-04")
    workspace.build()
    (captures / "spoiled-letter.txt").write_bytes(ODD.replace(b"First", b"Furst"))
    return workspace
