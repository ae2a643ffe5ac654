"""The tokens of a query, against those that SPARQL 1.1 (19.8) names; both readings find the same."""

import random

import pytest

from onrecord import resources
from onrecord.query.tokens import tokens, words

PIECES = (
    *("SELECT", "?x", "$y", "ex:a", "ex:", ":", "::", "a.b:c", "_:b", "_x", "@en-GB", "1", "1.5e3", "é", "·"),
    *("{", "}", "(", ")", "[", "]", "<<", "<<(", ">>", ")>>", "<", ">", "<a#b>", "<<a>", ".", "^", "!", "+"),
    *('"', "'", '"""', "'''", "\\", "'it'", '"is"', "#", "\n", "\r", "\t"),
)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("SELECT ?x # <a>\n {}", ["word", "variable", "open", "close"]),
        ("<http://x/#a> a.b:c 'it''s'", ["iri", "name", "string", "string"]),
        ('"""a"b""" "a\\"b"@en-GB', ["string", "string", "language"]),
        ("a.:b", ["word", "other", "name"]),
        ("_:b _b 1.5e3 1.x", ["blank", "word", "number", "number", "other", "word"]),
        ("<<( ?a <<?b>> )>>", ["triple", "variable", "doubt", "other", "end"]),
        (f"{'x' * 202}:y {'x' * 203}:y", ["name", "word", "name"]),
        ("\ufeff \" # 'x'", ["quote"]),
    ],
)
def test_code_is_read_into_tokens(text: str, kinds: list[str]) -> None:
    assert [token.kind for token in tokens(text)] == kinds


def test_the_quick_reading_finds_the_same_tokens() -> None:
    chance = random.Random(7)
    mixed = ["".join(chance.choices(PIECES, k=chance.randint(0, 12))) for _ in range(5000)]
    spaced = [" ".join(chance.choices(PIECES, k=chance.randint(0, 12))) for _ in range(5000)]
    ours = [path.read_text(encoding="utf-8") for path in sorted(resources.ontology_dir().rglob("*.rq"))]
    for text in [*ours, *mixed, *spaced]:
        read = tokens(text)
        assert words(text) == [token.text for token in read]
        assert all(text[token.start :].startswith(token.text) for token in read)
