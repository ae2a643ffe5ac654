"""Records: frozen, exact about what they hold, one hash and one seal for what an anchor says."""

from decimal import Decimal
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

import onrecord.model as model
from onrecord.findings import Place
from onrecord.model import (
    Actor,
    Dating,
    Entry,
    Figure,
    Name,
    Passage,
    Quote,
    Record,
    Register,
    hash_text,
    seal_of,
)

SLUGS = ["ab", "a1", "10-downing-street", "a" * 60, "2018"]
NO_SLUGS = ["a", "", "a" * 61, "A1", "a--b", "-ab", "ab-", "a_b", "a b", "é1", "ab\n", "a.b", "a/b"]


@pytest.mark.parametrize("slug", SLUGS)
def test_slugs(slug: str) -> None:
    assert Actor(id=slug, label="L", kind="person").id == slug


@pytest.mark.parametrize("slug", NO_SLUGS)
def test_what_is_no_slug(slug: str) -> None:
    with pytest.raises(ValidationError):
        Actor(id=slug, label="L", kind="person")


@pytest.mark.parametrize("text", ["", " ", "\u00a0", "a\nb", "a\tb", "a\x00", "a\x7f", "a\x85b", "\x1b[31m"])
def test_a_line_is_one_line_of_words(text: str) -> None:
    with pytest.raises(ValidationError):
        Name(name=text)


@pytest.mark.parametrize("text", ["Zoë", "na\u0303o", "a\u00a0b", "\U0001f4da", "“x”", " padded "])
def test_a_line_is_kept_as_it_is(text: str) -> None:
    assert Name(name=text).name == text


def test_records_are_frozen_and_know_their_keys() -> None:
    name = Name(name="Ann")
    with pytest.raises(ValidationError):
        name.name = "Bob"  # type: ignore[misc]  # that is the point
    with pytest.raises(ValidationError):
        Name.model_validate({"name": "Ann", "nick": "A"})
    assert hash(name) == hash(Name(name="Ann"))


def test_every_record_of_the_package_is_frozen_and_forbids_more() -> None:
    records = [getattr(model, name) for name in model.__all__]
    records = [record for record in records if isinstance(record, type) and issubclass(record, BaseModel)]
    assert len(records) > 20
    for record in records:
        assert issubclass(record, Record)
        assert record.model_config["frozen"] is True
        assert record.model_config["extra"] == "forbid"


def test_the_package_lists_what_it_has() -> None:
    assert model.__all__ == sorted(
        model.__all__, key=lambda name: (name.upper() != name, name[0].islower(), name)
    )
    assert all(hasattr(model, name) for name in model.__all__)


def test_a_date_needs_a_basis_and_takes_edtf() -> None:
    assert Dating.model_validate({"when": "2018-05-09/..", "basis": "outside"}).when == "2018-05-09/.."
    for wrong in ("9 May 2018", "2018-05-32", "2018-5-9", "", "2018-05-09 "):
        with pytest.raises(ValidationError, match=r"character \d+"):
            Dating(when=wrong, basis="stated")
    with pytest.raises(ValidationError):
        Dating.model_validate({"when": "2018"})


def test_texts_become_numbers_exactly() -> None:
    values = {"id": "f1", "label": "l", "indicator": "i1", "subject": "s1", "amount": "0.1", "bound": "about",
              "unit": "request", "date": {"basis": "stated"}}  # fmt: skip
    assert Figure.model_validate(values).amount == Decimal("0.1")
    with pytest.raises(ValidationError):
        Passage.model_validate({"start": "-1"})
    with pytest.raises(ValidationError):
        Quote.model_validate({"exact": ""})
    with pytest.raises(ValidationError):
        Quote.model_validate({"exact": "a", "prefix": "p" * 41})


def test_the_hash_is_of_the_utf8_text() -> None:
    # FIPS 180-4, example "abc"
    assert hash_text("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert hash_text("é") == sha256(b"\xc3\xa9").hexdigest()


PARTS = st.tuples(
    st.text("0123456789abcdef", min_size=64, max_size=64), st.integers(0, 10**6), st.integers(0, 10**6),
    st.text("0123456789abcdef", min_size=64, max_size=64), st.text(max_size=40), st.text(max_size=40),
)  # fmt: skip


@given(PARTS, PARTS)
def test_a_seal_is_of_everything_it_covers(one: tuple[str, int, int, str, str, str],
                                           other: tuple[str, int, int, str, str, str]) -> None:  # fmt: skip
    assert len(seal_of(*one)) == 16
    assert seal_of(*one) == seal_of(*one)
    for index in range(len(one)):
        mixed = (*one[:index], other[index], *one[index + 1 :])
        assert (seal_of(*mixed) == seal_of(*one)) == (mixed == one)  # type: ignore[arg-type]  # same types by place


def test_a_register_gives_the_most_exact_place_that_it_knows() -> None:
    entry = Entry("actor", Actor(id="ann", label="Ann", kind="person"), None, Place("a.yaml", 2, 5))
    places: dict[tuple[str, tuple[str | int, ...]], Place] = {
        ("ann", ()): Place("a.yaml", 2, 5),
        ("ann", ("names",)): Place("a.yaml", 5, 5),
    }
    register = Register(entries={"ann": entry, "bob": entry}, places=places)
    assert register.place("ann", "names", 0, "name") == Place("a.yaml", 5, 5)
    assert register.place("ann", "label") == Place("a.yaml", 2, 5)
    assert register.place("bob", "label") == Place("a.yaml", 2, 5)
    assert register.place("nobody") == Place("nobody")
    assert (register.noun("ann"), register.noun("nobody")) == ("actor", None)
    assert [found.record for found in register.of_noun("actor")] == [entry.record, entry.record]
    assert list(register.of_noun("event")) == []
