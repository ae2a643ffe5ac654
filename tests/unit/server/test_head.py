"""What HTTP asks of a head: expected statuses are those of RFC 9110 and RFC 9112, by section."""

import pytest

from onrecord.server.head import LONGEST_PATH, refusal, too_long

Fields = list[tuple[bytes, bytes]]
HOST: Fields = [(b"host", b"example.org")]
MOST = 200_000


def coded(*values: bytes) -> Fields:
    return [*HOST, *((b"transfer-encoding", value) for value in values)]


REFUSED: dict[str, tuple[str, Fields, int]] = {
    "no host (9112, 3.2)": ("1.1", [], 400),
    "two hosts (9112, 3.2)": ("1.1", HOST * 2, 400),
    "two hosts in 1.0 (9112, 3.2)": ("1.0", HOST * 2, 400),
    "a host that is none (9112, 3.2)": ("1.1", [(b"host", b"a/b")], 400),
    "a host with a space (9112, 3.2)": ("1.1", [(b"host", b"a b")], 400),
    "a port that is no number (9110, 4.2.1)": ("1.1", [(b"host", b"a:b")], 400),
    "a head of version 0.9 (1945, 4.1)": ("0.9", [], 400),
    "a later version (9110, 15.6.6)": ("2.0", HOST, 505),
    "not chunked at last (9112, 6.3)": ("1.1", coded(b"gzip"), 400),
    "chunked, but not at last (9112, 6.3)": ("1.1", coded(b"chunked, gzip"), 400),
    "chunked in another field, but not at last (9112, 6.3)": ("1.1", coded(b"chunked", b"gzip"), 400),
    "chunked twice (9112, 6.1)": ("1.1", coded(b"chunked", b"chunked"), 400),
    "chunked in 1.0 (9112, 6.1)": ("1.0", coded(b"chunked"), 400),
    "no coding (9112, 6.3)": ("1.1", coded(b""), 400),
    "a coding that is not read (9112, 6.1)": ("1.1", coded(b"gzip, chunked"), 501),
    "fields beyond the limit (6585, 5)": ("1.1", [*HOST, (b"x", b"a" * MOST)], 431),
}
TAKEN: dict[str, tuple[str, Fields]] = {
    "a host": ("1.1", HOST),
    "no host in 1.0": ("1.0", []),
    "an empty host (9110, 7.2)": ("1.1", [(b"host", b"")]),
    "a host with a port": ("1.1", [(b"host", b"127.0.0.1:8080")]),
    "an address of IPv6": ("1.1", [(b"host", b"[::1]:8080")]),
    "a name with an underscore": ("1.1", [(b"host", b"on_record")]),
    "chunks": ("1.1", coded(b"chunked")),
    "chunks in capitals (9112, 7)": ("1.1", coded(b"Chunked")),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_head_against_the_rules_is_refused(case: str) -> None:
    version, fields, status = REFUSED[case]
    refused = refusal(version, b"/", fields, MOST)
    assert refused is not None
    assert refused.fault.status == status


@pytest.mark.parametrize("case", TAKEN)
def test_a_head_by_the_rules_is_taken(case: str) -> None:
    version, fields = TAKEN[case]
    assert refusal(version, b"/", fields, MOST) is None


@pytest.mark.parametrize(
    ("target", "status"),
    [
        (b"/" + b"a" * (LONGEST_PATH - 1), None),
        (b"/" + b"a" * LONGEST_PATH, 414),
        (b"/" + b"a" * LONGEST_PATH + b"?b", 414),
        (b"/?" + b"a" * 2 * LONGEST_PATH, None),
        (b"/?" + b"a" * MOST, 414),
    ],
)  # fmt: skip
def test_an_address_beyond_its_limit_is_414(target: bytes, status: int | None) -> None:
    refused = refusal("1.1", target, HOST, MOST)
    assert (refused and refused.fault.status) == status


def test_of_a_head_that_is_too_long_the_larger_part_is_named() -> None:
    assert too_long(b"a" * 60, 100).fault.status == 414
    assert too_long(b"a" * 40, 100).fault.status == 431
