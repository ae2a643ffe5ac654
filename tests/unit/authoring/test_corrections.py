"""The correction log: entries are chained, and every way of tampering with them is found and named."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from onrecord.authoring.corrections import FILE, HEAD, Log, append, compare, fit, read_log
from onrecord.errors import StorageError
from onrecord.model.correction import Act, Correction, sealed

ACTS: tuple[tuple[Act, str], ...] = (
    ("correct", "first-letter"),
    ("retract", "second-letter"),
    ("correct", "third-letter"),
    ("correct", "third-letter"),
)


def write(data: Path, acts: tuple[tuple[Act, str], ...] = ACTS) -> tuple[Correction, ...]:
    log: tuple[Correction, ...] = ()
    for kind, slug in acts:
        after = None if kind == "retract" else "ab" * 32
        entry = sealed(log, kind, slug, f"Why {slug} “was” wrong.", "2018-11-02", None, after)
        append(data, log, entry)
        log = (*log, entry)
    return log


@pytest.fixture
def log(tmp_path: Path) -> Path:
    write(tmp_path)
    return tmp_path / FILE


def codes(data: Path) -> list[tuple[str, int]]:
    """Code and line of every finding."""
    return [(finding.code, finding.place.line) for finding in read_log(data)[1]]


def lines(log: Path) -> list[str]:
    return log.read_text(encoding="utf-8").splitlines()


def put(log: Path, changed: list[str]) -> None:
    log.write_text("".join(f"{line}\n" for line in changed), encoding="utf-8")


def rehashed(line: str, **changes: object) -> str:
    """A line with changes whose own hash fits again, as a forger would write it."""
    body = {**json.loads(line), **changes}
    body.pop("hash")
    own = sha256(json.dumps(body, ensure_ascii=False).encode()).hexdigest()
    return json.dumps({**body, "hash": own}, ensure_ascii=False)


def test_no_log_is_no_fault(tmp_path: Path) -> None:
    assert read_log(tmp_path) == (Log(tmp_path / FILE), [])


def test_what_was_appended_is_read_back(tmp_path: Path) -> None:
    written = write(tmp_path)
    read, findings = read_log(tmp_path)
    assert findings == []
    assert read.entries == written
    assert [entry.number for entry in read.entries] == [1, 2, 3, 4]


def test_each_line_holds_the_hash_of_the_line_before_and_its_own(log: Path) -> None:
    """The chain can be checked with a JSON reader and SHA-256 alone."""
    previous = "0" * 64
    for line in lines(log):
        entry = json.loads(line)
        body, _, own = line.partition(', "hash": ')
        assert entry["previous"] == previous
        assert sha256(f"{body}}}".encode()).hexdigest() == json.loads(own[:-1])
        previous = entry["hash"]
    assert (log.parent / HEAD).read_text() == f"4 {previous}\n"


def remove(number: int) -> Callable[[list[str]], list[str]]:
    return lambda whole: whole[: number - 1] + whole[number:]


TAMPERINGS: dict[str, tuple[Callable[[list[str]], list[str]], list[tuple[str, int]]]] = {
    "the first line is removed": (remove(1), [("OR133", 1)]),
    "a line in the middle is removed": (remove(2), [("OR133", 2)]),
    "the last line is removed": (remove(4), [("OR133", 4)]),
    "two lines in the middle are removed": (lambda w: [w[0], w[3]], [("OR133", 2)]),
    "all lines are removed": (lambda _: [], [("OR133", 1)]),
    "two lines are exchanged": (lambda w: [w[0], w[2], w[1], w[3]], [("OR133", 3)]),
    "a line stands twice": (lambda w: [*w[:2], w[1], *w[2:]], [("OR133", 3)]),
    "a word of a reason is edited": (
        lambda w: [w[0], w[1].replace("wrong", "right"), *w[2:]], [("OR132", 2)],
    ),
    "the last line is edited": (lambda w: [*w[:3], w[3].replace("wrong", "right")], [("OR132", 4)]),
    "a line is edited and its hash made to fit": (
        lambda w: [w[0], rehashed(w[1], reason="Another."), *w[2:]], [("OR133", 2)],
    ),
    "the last line is edited and its hash made to fit": (
        lambda w: [*w[:3], rehashed(w[3], reason="Another.")], [("OR133", 4)],
    ),
    "spaces are taken out of a line": (lambda w: [w[0].replace(": ", ":"), *w[1:]], [("OR132", 1)]),
    "a line is no JSON": (lambda w: [w[0], "so it goes", *w[2:]], [("OR131", 2)]),
    "a line is JSON without end": (lambda w: [w[0], "[" * 50_000, *w[2:]], [("OR131", 2)]),
    "a line is empty": (lambda w: [w[0], "", *w[1:]], [("OR131", 2)]),
    "a line has a key of its own": (
        lambda w: [rehashed(w[0], mood="sorry"), *w[1:]], [("OR131", 1)],
    ),
    "a number is a text": (lambda w: [rehashed(w[0], number="1"), *w[1:]], [("OR131", 1)]),
}  # fmt: skip


@pytest.mark.parametrize("how", TAMPERINGS)
def test_tampering_is_found_at_its_line(log: Path, how: str) -> None:
    tamper, expected = TAMPERINGS[how]
    put(log, tamper(lines(log)))
    assert codes(log.parent) == expected


def test_a_last_line_without_its_end_is_named(log: Path) -> None:
    log.write_text(log.read_text(encoding="utf-8")[:-1], encoding="utf-8")
    assert codes(log.parent) == [("OR131", 4)]


def test_a_log_that_is_not_text_is_named(log: Path) -> None:
    log.write_bytes(b"\xff\xfe\n" + log.read_bytes())
    assert codes(log.parent) == [("OR131", 1)]


def test_a_chain_written_anew_does_not_fit_its_head(log: Path) -> None:
    for path in (log, log.parent / HEAD):
        kept = path.read_text(encoding="utf-8")
        path.unlink()
        if path == log:
            whole = kept
    write(log.parent, (("retract", "fourth-letter"), *ACTS[1:]))
    forged = (log.parent / HEAD).read_text()
    assert read_log(log.parent)[1] == []
    (log.parent / HEAD).write_text(kept)
    assert forged != kept
    assert codes(log.parent) == [("OR133", 4)]
    log.write_text(whole, encoding="utf-8")
    assert codes(log.parent) == []


@pytest.mark.parametrize("head", [None, "", "four 12\n", "4\n", "-1 " + "0" * 64, "²\n"])
def test_a_head_that_is_missing_or_unreadable_is_named(log: Path, head: str | None) -> None:
    path = log.parent / HEAD
    path.unlink() if head is None else path.write_text(head, encoding="utf-8")
    (finding,) = read_log(log.parent)[1]
    assert (finding.code, finding.place.file) == ("OR134", str(path))


def test_an_entry_that_its_head_does_not_know_yet_is_right(log: Path) -> None:
    """The log is written before its head: so a crash between the two needs no repair."""
    path = log.parent / HEAD
    third = read_log(log.parent)[0].entries[2]
    path.write_text(f"3 {third.hash}\n")
    read, findings = read_log(log.parent)
    assert findings == []
    append(log.parent, read.entries, sealed(read.entries, "correct", "fifth", "So.", "2019", None, None))
    assert path.read_text().startswith("5 ")
    assert codes(log.parent) == []


def test_a_witness_from_before_is_agreed_with_and_one_of_more_is_not(log: Path) -> None:
    read, _ = read_log(log.parent)
    assert compare(read, 2, read.entries[1].hash, "the published snapshot") == []
    (less,) = compare(read, 6, "ab" * 32, "the published snapshot")
    assert "entries 5 to 6 are missing at the end: the published snapshot knows 6" in less.message
    (other,) = compare(read, 2, "ab" * 32, "the published snapshot")
    assert (other.code, other.place.line) == ("OR133", 2)


def test_an_entry_fits_a_record_that_is_there_and_stands(log: Path) -> None:
    nouns = {"first-letter": "statement", "second-letter": "statement", "third-letter": "statement"}
    read, _ = read_log(log.parent)
    assert fit(read, nouns, {}) == []
    (gone,) = fit(read, {slug: noun for slug, noun in nouns.items() if slug != "second-letter"}, {})
    assert (gone.code, gone.place.line) == ("OR135", 2)
    twice = write(log.parent, (("retract", "second-letter"), ("correct", "second-letter")))
    (again,) = fit(Log(log, twice, (1, 2)), nouns, {})
    assert (again.code, again.place.line) == ("OR135", 2)
    assert "was retracted by entry 1" in again.message


def test_a_log_that_cannot_be_written_stays_as_it_was(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = log.read_bytes()
    read, _ = read_log(log.parent)
    entry = sealed(read.entries, "correct", "fifth", "So.", "2019", None, None)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StorageError, match="no space left on the disk"):
        append(log.parent, read.entries, entry)
    assert log.read_bytes() == before
    assert sorted(path.name for path in log.parent.iterdir()) == [HEAD, FILE]
