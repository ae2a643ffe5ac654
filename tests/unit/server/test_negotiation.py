"""Accept headers and what they get. Expectations follow RFC 9110, 12.4.2, 12.5.1."""

import pytest

from onrecord.server.faults import NotAcceptable
from onrecord.server.negotiation import Chosen, Offer, agree, require

OFFERS = (
    Offer("text/turtle", "turtle"),
    Offer("application/n-triples", "ntriples"),
    Offer("application/ld+json", "jsonld", ("application/json",)),
)


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, "text/turtle"),
        ("", "text/turtle"),
        ("  ", "text/turtle"),
        ("*/*", "text/turtle"),
        ("text/turtle", "text/turtle"),
        ("TEXT/Turtle", "text/turtle"),
        ("application/*", "application/n-triples"),
        ("application/ld+json", "application/ld+json"),
        ("application/json", "application/json"),
        ("application/n-triples;q=0.5, text/turtle;q=0.4", "application/n-triples"),
        ("application/n-triples;q=0.5,text/turtle;q=0.5", "text/turtle"),
        ("text/turtle;q=0, */*", "application/n-triples"),
        ("text/*;q=0.2, */*;q=0.1", "text/turtle"),
        ("text/*;q=0.1, */*;q=0.2", "application/n-triples"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/turtle"),
        ('application/ld+json;profile="http://a/b, c;q=0"', "application/ld+json"),
        ("text/turtle;q=1.000", "text/turtle"),
        ("nonsense, application/ld+json", "application/ld+json"),
        ("text/turtle;q=0.3;charset=utf-8, application/ld+json;q=0.2", "text/turtle"),
    ],
)
def test_the_best_of_what_is_offered_is_chosen(accept: str | None, media_type: str) -> None:
    chosen = agree(accept, OFFERS)
    assert chosen is not None
    assert chosen.media_type == media_type


@pytest.mark.parametrize(
    "accept",
    ["image/png", "text/turtle;q=0", "text/*;q=0", "*/*;q=0", "nonsense", "text/turtle;q=2", "*/turtle", ","],
)
def test_what_is_not_offered_is_not_chosen(accept: str) -> None:
    assert agree(accept, OFFERS) is None
    with pytest.raises(NotAcceptable) as refusal:
        require(accept, OFFERS)
    assert "text/turtle, application/n-triples, application/ld+json" in str(refusal.value.hint)


def test_another_name_must_be_asked_for_in_full() -> None:
    only = (Offer("text/turtle", "turtle", ("application/x-turtle",)),)
    assert agree("application/*", only) is None
    assert agree("application/x-turtle", only) == Chosen("turtle", "application/x-turtle")
