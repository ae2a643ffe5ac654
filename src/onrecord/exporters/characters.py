"""Characters that a format cannot hold are written visibly, `⟦U+0001⟧`, and counted; nothing is dropped in
silence."""

import re
import unicodedata
from dataclasses import dataclass, field
from html import escape

_NOT_XML = re.compile("[^\t\n\\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Complement of Char (XML 1.0, fifth edition, 2.2), with CR, which readers turn into LF (2.11)."""

_BREAKS = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f\ud800-\udfff]")

PARAGRAPH_MARK = " ¶ "
"""Stands for a paragraph's end where a format's values are one line."""


def visible(character: str) -> str:
    """The code point of a character, readable: `⟦U+0001⟧`."""
    return f"⟦U+{ord(character):04X}⟧"


def _is_unseen(character: str) -> bool:
    """Whether readers do not see a character, or it reorders its neighbours."""
    return unicodedata.category(character) in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")


def seen(text: str) -> str:
    """The text on one line, each character that cannot be seen or that reorders its neighbours visibly."""
    return "".join(visible(c) if _is_unseen(c) else c for c in " ".join(text.split()))


def legible(text: str) -> str:
    """The text of a page, each such character as `⟨U+202E⟩`; line breaks and tabs stay."""
    if text.isprintable():  # the usual case: of what cannot be seen it lets nothing through but blanks
        return text
    return "".join(f"⟨U+{ord(c):04X}⟩" if _is_unseen(c) and c not in "\n\t" else c for c in text)


def html(value: object) -> str:
    """A value as text or attribute value of a page."""
    return escape(legible(str(value)))


@dataclass
class XmlText:
    """Makes text that XML 1.0 holds and readers give back unchanged; `replaced` counts what was not such."""

    replaced: int = field(default=0)

    def __call__(self, text: str) -> str:
        clean, count = _NOT_XML.subn(lambda found: visible(found.group()), text)
        self.replaced += count
        return clean

    @property
    def note(self) -> str:
        """What a file says where XML could not hold a character; empty where it held all."""
        if not self.replaced:
            return ""
        return (
            f"Note: {self.replaced} characters that XML cannot hold are written as their code point, ⟦U+…⟧."
        )


def one_line(text: str) -> str:
    """The text on one line: `¶` for the break between paragraphs, control characters visibly."""
    marked = _CONTROLS.sub(lambda found: visible(found.group()), text.replace("\t", " "))
    if not _BREAKS.search(marked):
        return marked
    lines = [line.strip() for line in _BREAKS.split(marked)]
    return PARAGRAPH_MARK.join(line for line in lines if line)
