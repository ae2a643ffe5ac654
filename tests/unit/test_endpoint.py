"""Addresses of engines: what is one, what never shows, and who gets the password."""

from pathlib import Path

import pytest

from onrecord import config
from onrecord.endpoint import Endpoint
from onrecord.errors import ConfigurationError, UsageError
from onrecord.remote.target import target

READ: dict[str, tuple[str, str | None, str | None]] = {
    "http://localhost:7878/query": ("http://localhost:7878/query", None, None),
    " https://example.org/sparql ": ("https://example.org/sparql", None, None),
    "http://[::1]:7878/query": ("http://[::1]:7878/query", None, None),
    "http://ana:secret@host/sparql": ("http://host/sparql", "ana", "secret"),
    "http://ana:s%40c%3Aret@host/sparql": ("http://host/sparql", "ana", "s@c:ret"),
    "http://ana@host/sparql": ("http://host/sparql", "ana", ""),
}


@pytest.mark.parametrize("address", READ)
def test_an_address_is_read(address: str) -> None:
    url, user, password = READ[address]
    assert Endpoint.read(address) == Endpoint(url, user, password)


@pytest.mark.parametrize(
    "address",
    [
        "localhost:7878",
        "ftp://ana:s3cret@host/",
        "file:///etc/passwd",
        "http://",
        "http://ana:s3cret@/x",
        "http://host:99999/",
        "http://host:port/",
        "http://host:0/",
        "http://[::1/query",
        "http://ana:s3cret@host/a b",
        "http://host/\u202ealpqs",
        "http://host/sparql?key=s3cret",
        "http://host/sparql#s3cret",
    ],
)
def test_what_is_no_address_is_refused_without_its_secrets(address: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        Endpoint.read(address)
    assert "s3cret" not in f"{raised.value.message} {raised.value.hint}"


def test_an_endpoint_shows_no_password() -> None:
    endpoint = Endpoint.read("http://ana:s3cret@host/sparql")
    assert "s3cret" not in f"{endpoint!r} {endpoint} {[endpoint]}"
    assert "ana" not in str(endpoint)


def test_the_environment_gives_name_and_password_as_they_are() -> None:
    assert Endpoint.read("http://host/sparql", "ana:s%40c:ret") == Endpoint(
        "http://host/sparql", "ana", "s%40c:ret"
    )


@pytest.mark.parametrize(
    ("other", "goes_along"),
    [
        ("http://host/store", True),
        ("http://host:80/store", True),
        ("https://host/store", False),
        ("http://host:8080/store", False),
        ("http://elsewhere/store", False),
    ],
)
def test_a_password_goes_to_the_same_origin_only(other: str, goes_along: bool) -> None:
    found = Endpoint("http://host/sparql", "ana", "secret").at(other)
    assert (found.password == "secret") is goes_along


TARGETS: dict[str, tuple[str, str]] = {
    "http://h:7878": ("http://h:7878/query", "http://h:7878/store"),
    "http://h:7878/": ("http://h:7878/query", "http://h:7878/store"),
    "http://h:7878/query": ("http://h:7878/query", "http://h:7878/store"),
    "http://h:7878/store": ("http://h:7878/query", "http://h:7878/store"),
    "http://h/proxied/query": ("http://h/proxied/query", "http://h/proxied/store"),
    "http://h:8890/sparql": ("http://h:8890/sparql", "http://h:8890/sparql-graph-crud-auth"),
    "http://h:8890/sparql-graph-crud-auth": ("http://h:8890/sparql", "http://h:8890/sparql-graph-crud-auth"),
}


@pytest.mark.parametrize("to", TARGETS)
def test_both_addresses_of_an_engine_are_told_from_one(to: str) -> None:
    found = target(Endpoint.read(to))
    assert (found.queries.url, found.graphs.url) == TARGETS[to]


def test_another_engines_addresses_are_both_named() -> None:
    found = target(Endpoint.read("http://ana:x@h/ds/query"), "http://h/ds/data")
    assert (found.queries.url, found.graphs.url) == ("http://h/ds/query", "http://h/ds/data")
    assert found.graphs.user == "ana"
    with pytest.raises(UsageError, match="can't be told"):
        target(Endpoint.read("http://h/repositories/x"))


# -- which one is in force -----------------------------------------------------------------------------


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "onrecord.toml").write_text('title = "x"\nendpoint = "http://file/sparql"\n')
    return tmp_path


def in_force(data: Path, environment: dict[str, str], option: str | None = None) -> Endpoint | None:
    return config.settings(data, environment=environment, endpoint=option).endpoint


def test_the_option_wins_over_the_environment_and_this_over_the_file(data: Path) -> None:
    named = {"ONRECORD_ENDPOINT": "http://variable/sparql"}
    assert in_force(data, named, "http://option/sparql") == Endpoint("http://option/sparql")
    assert in_force(data, named) == Endpoint("http://variable/sparql")
    assert in_force(data, {}) == Endpoint("http://file/sparql")


def test_an_empty_one_means_the_store_of_the_snapshot(data: Path) -> None:
    assert in_force(data, {"ONRECORD_ENDPOINT": ""}) is None
    assert in_force(data, {"ONRECORD_ENDPOINT": "http://variable/sparql"}, "") is None


def test_a_password_never_goes_to_an_address_that_the_file_names(data: Path) -> None:
    password = {"ONRECORD_ENDPOINT_AUTH": "ana:secret"}
    assert in_force(data, password) == Endpoint("http://file/sparql")
    named = {**password, "ONRECORD_ENDPOINT": "http://variable/sparql"}
    assert in_force(data, named) == Endpoint("http://variable/sparql", "ana", "secret")


def test_a_password_in_the_file_is_refused(data: Path) -> None:
    (data / "onrecord.toml").write_text('title = "x"\nendpoint = "http://ana:s3cret@file/sparql"\n')
    with pytest.raises(ConfigurationError, match="a file that others read") as raised:
        in_force(data, {})
    assert "s3cret" not in raised.value.message


def test_a_file_that_is_broken_is_told_by_who_needs_it(data: Path) -> None:
    (data / "onrecord.toml").write_text("title = ")
    assert in_force(data, {}) is None
