"""Characters that readers do not see: they turn the direction of what follows, or hide inside a word.

A name that looks like another, or reads differently from how it is stored, is shown wherever the record is.
The list is Default_Ignorable_Code_Point of Unicode 16 (DerivedCoreProperties.txt) with the interlinear
annotations U+FFF9 to U+FFFB, which are not drawn either.
"""

import unicodedata

_RANGES = (
    (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F),
    (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A),
    (0xE0000, 0xE0FFF),
)  # fmt: skip
_UNJOINED = ("LATIN", "GREEK", "CYRILLIC")


def first_unseen(text: str) -> tuple[int, str] | None:
    """Place (code point from 0) and name of the first character that readers do not see; None for none.

    U+200C and U+200D may stand inside a word of a script that is written with them, such as Persian or Hindi
    (RFC 5892, A.1 and A.2, say where exactly; between letters that are not Latin, Greek or Cyrillic is near
    enough to keep them out of words that only look alike), and U+200D and U+FE0F in an emoji (UTS 51).
    """
    if text.isascii():
        return None
    for at, character in enumerate(text):
        code = ord(character)
        if any(low <= code <= high for low, high in _RANGES) and not _shapes(text, at):
            return at, f"U+{code:04X} {unicodedata.name(character, 'without a name')}"
    return None


def _shapes(text: str, at: int) -> bool:
    """Whether the character makes its neighbours look as they should."""
    before, character, after = text[at - 1 : at], text[at], text[at + 1 : at + 2]
    if character == "\ufe0f":
        return _is_emoji(before)
    if character == "\u200d" and _is_emoji(before.replace("\ufe0f", text[max(at - 2, 0)])):
        return _is_emoji(after)
    return character in "\u200c\u200d" and _is_joined(before) and _is_joined(after)


def _is_emoji(character: str) -> bool:
    return bool(character) and unicodedata.category(character) in ("So", "Sk")


def _is_joined(letter: str) -> bool:
    """Whether it is a letter of a script that is written with joiners."""
    if not letter or unicodedata.category(letter)[0] not in "LM":
        return False
    return not unicodedata.name(letter, "LATIN").startswith(_UNJOINED)
