"""What readers do not see in a word, named by code point."""

import pytest

from onrecord.model.unseen import first_unseen

UNSEEN = {
    "a soft hyphen": ("Bo\u00adb", 2, "U+00AD SOFT HYPHEN"),
    "a zero-width space": ("\u200bAnn", 0, "U+200B ZERO WIDTH SPACE"),
    "a mark from right to left": ("Ann\u200f", 3, "U+200F RIGHT-TO-LEFT MARK"),
    "an Arabic letter mark": ("A\u061cnn", 1, "U+061C ARABIC LETTER MARK"),
    "an override": ("Ann\u202etxt", 3, "U+202E RIGHT-TO-LEFT OVERRIDE"),
    "an isolate": ("\u2066Ann\u2069", 0, "U+2066 LEFT-TO-RIGHT ISOLATE"),
    "a word joiner": ("A\u2060nn", 1, "U+2060 WORD JOINER"),
    "a byte order mark": ("A\ufeffnn", 1, "U+FEFF ZERO WIDTH NO-BREAK SPACE"),
    "a joiner among Latin letters": ("An\u200dn", 2, "U+200D ZERO WIDTH JOINER"),
    "a non-joiner among Cyrillic letters": ("Ан\u200cна", 2, "U+200C ZERO WIDTH NON-JOINER"),
    "a joiner at the end": ("نام\u200d", 3, "U+200D ZERO WIDTH JOINER"),
    "a joiner at the start": ("\u200dنام", 0, "U+200D ZERO WIDTH JOINER"),
    "a joiner between an emoji and a letter": ("👩\u200dA", 1, "U+200D ZERO WIDTH JOINER"),
    "a variation of a letter": ("A\ufe0f", 1, "U+FE0F VARIATION SELECTOR-16"),
    "a filler": ("A\u3164", 1, "U+3164 HANGUL FILLER"),
    "a combining joiner": ("A\u034fb", 1, "U+034F COMBINING GRAPHEME JOINER"),
    "a tag": ("A\U000e0041", 1, "U+E0041 TAG LATIN CAPITAL LETTER A"),
    "an annotation": ("A\ufff9b", 1, "U+FFF9 INTERLINEAR ANNOTATION ANCHOR"),
    "the first of two": ("a\u200bb\u202e", 1, "U+200B ZERO WIDTH SPACE"),
}

SEEN = {
    "Latin": "Zoë O’Brien – “curly”",
    "no-break space": "the\u00a0board",
    "Hebrew": "שלום",
    "Persian with a non-joiner": "می\u200cخواهم",
    "Hindi with a joiner": "क्\u200dष",
    "an emoji of two": "👩\u200d💻",
    "an emoji of three": "❤\ufe0f\u200d🔥",
    "a number sign that is seen": "\u06dd١",
    "combining marks": "Vie\u0302\u0323t",
    "nothing": "",
}


@pytest.mark.parametrize("case", UNSEEN)
def test_what_is_not_seen_is_named_with_its_place(case: str) -> None:
    text, place, name = UNSEEN[case]
    assert first_unseen(text) == (place, name)


@pytest.mark.parametrize("case", SEEN)
def test_what_is_seen_or_shapes_its_neighbours_may_stand(case: str) -> None:
    assert first_unseen(SEEN[case]) is None
