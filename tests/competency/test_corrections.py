"""What was corrected or taken back: asked of a record with a correction log, through the command line."""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

EXAMPLE = Path(__file__).resolve().parents[1] / "data" / "example"
REASON = "The words are those of her predecessor."


class Desk:
    """A copy of the example record at which somebody works."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.log = self.data / "corrections.jsonl"
        self.snapshot = folder / "snapshot"
        shutil.copytree(EXAMPLE, self.data, ignore=shutil.ignore_patterns("captures"))

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """`onrecord … WORDS` in a process of its own."""
        places = ["--data", str(self.data), "--snapshot", str(self.snapshot)]
        places += ["--captures", str(EXAMPLE / "captures")]
        command = [sys.executable, "-m", "onrecord", *places, *words]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)

    def ask(self, *words: str) -> Mapping[str, Any]:
        """An answer as JSON."""
        result = self.run("ask", *words, "--output", "json")
        assert result.returncode == 0, result.stderr
        answer: Mapping[str, Any] = json.loads(result.stdout)
        return answer


def work(desk: Desk) -> Desk:
    """Builds; corrects the role of the board's chair; takes a quotation back; builds again."""
    assert desk.run("build").returncode == 0
    source = desk.data / "sources" / "river-post.yaml"
    text = source.read_text(encoding="utf-8")
    assert "    stance: oppose\n" in text
    source.write_text(text.replace("    stance: oppose\n", "    stance: neutral\n", 1), encoding="utf-8")
    corrected = desk.run("correct", "river-post-letter-concern", "--reason", "She takes no side.")
    assert (corrected.returncode, corrected.stderr) == (0, "onrecord build publishes it\n")
    retracted = desk.run("retract", "river-post-brandt", "--reason", REASON, "--date", "2031-04")
    assert retracted.returncode == 0, retracted.stderr
    built = desk.run("build")
    assert built.returncode == 0, built.stderr
    return desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Read-only for tests."""
    return work(Desk(tmp_path_factory.mktemp("desk")))


def test_what_was_corrected_and_why(desk: Desk) -> None:
    first, second = desk.ask("corrections")["rows"]
    assert (first["number"], first["kind"], first["record"]) == (1, "correct", "river-post-letter-concern")
    assert first["when"] == "2018-11-02", "the day of SOURCE_DATE_EPOCH"
    assert None is not first["before"] != first["after"] is not None
    assert (second["number"], second["kind"], second["record"]) == (2, "retract", "river-post-brandt")
    assert (second["reason"], second["when"], second["noun"]) == (REASON, "2031-04", "statement")
    assert second["after"] is None


def test_what_was_corrected_since_a_date_or_of_one_record(desk: Desk) -> None:
    assert [row["number"] for row in desk.ask("corrections", "--since", "2031")["rows"]] == [2]
    of_one = desk.ask("corrections", "--record", "river-post-letter-concern")
    assert [row["number"] for row in of_one["rows"]] == [1]


def test_who_said_it_no_longer_says_it_and_tells_that(desk: Desk) -> None:
    answer = desk.ask("who-said-what", "--source", "river-post")
    assert "river-post-brandt" not in {row["statement"] for row in answer["rows"]}
    assert any(
        note.startswith("1 retracted record is left out: river-post-brandt") for note in answer["notes"]
    )


def test_the_retracted_statement_keeps_its_address_and_its_evidence(desk: Desk) -> None:
    answer = desk.ask("evidence", "--id", "river-post-brandt")
    assert {row["text"] for row in answer["rows"]} == {
        "A minister said to me, ‘nobody reads the small print’, and I am afraid he was right."
    }
    assert f"'river-post-brandt' was retracted, 2031-04: {REASON} (correction 2)" in answer["notes"]
    query = "SELECT ?p ?o WHERE { <https://w3id.org/onrecord/id/statement/river-post-brandt> ?p ?o }"
    page = desk.run("query", "--text", query, "--output", "csv").stdout
    assert "ns#retractedBy,https://w3id.org/onrecord/id/correction/correction-2" in page


def test_a_search_that_finds_it_says_that_it_was_retracted(desk: Desk) -> None:
    found = json.loads(desk.run("search", '"small print"', "--output", "json").stdout)
    labels = {row["slug"]: row["label"] for row in found["rows"]}
    assert labels["river-post-brandt"].startswith("[retracted] ")


def test_an_export_leaves_it_out_and_lists_the_corrections(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "statements.csv"
    assert desk.run("export", "csv", "--out", str(target)).returncode == 0
    assert "river-post-brandt" not in target.read_text(encoding="utf-8")
    about = json.loads((tmp_path / "statements.csv.about.json").read_text(encoding="utf-8"))
    assert [entry["number"] for entry in about["corrections"]] == [1, 2]
    assert about["corrections"][1] == {
        "number": 2, "kind": "retract", "record": "river-post-brandt", "when": "2031-04", "reason": REASON,
    }  # fmt: skip
    graph = tmp_path / "record.gexf"
    assert desk.run("export", "gexf", "--out", str(graph)).returncode == 0
    assert 'id="river-post-brandt"' not in graph.read_text(encoding="utf-8")


def test_verify_follows_the_log(desk: Desk) -> None:
    result = desk.run("verify", "--store")
    assert result.returncode == 0, result.stderr
    assert "2 entries of the correction log followed" in result.stdout


@pytest.fixture
def own(tmp_path: Path, desk: Desk) -> Desk:
    """A copy that a test may spoil."""
    shutil.copytree(desk.data.parent, tmp_path / "own", symlinks=True)
    copied = Desk.__new__(Desk)
    copied.data = tmp_path / "own" / "data"
    copied.log = copied.data / "corrections.jsonl"
    copied.snapshot = tmp_path / "own" / "snapshot"
    return copied


def test_a_removed_last_entry_is_named_by_verify_check_and_build(own: Desk) -> None:
    first, _ = own.log.read_text(encoding="utf-8").splitlines()
    own.log.write_text(f"{first}\n", encoding="utf-8")
    for command in ("verify", "check", "build"):
        result = own.run(command)
        assert result.returncode == 1, command
        assert f"{own.log}:2: OR133 error: entry 2 is missing at the end" in result.stderr, command
        assert "Traceback" not in result.stderr
    assert len(own.ask("corrections")["rows"]) == 2, "the last good snapshot is still served"


def test_an_edited_reason_is_named_with_its_line(own: Desk) -> None:
    text = own.log.read_text(encoding="utf-8")
    own.log.write_text(text.replace("no side", "a side"), encoding="utf-8")
    result = own.run("verify")
    assert result.returncode == 1
    assert f"{own.log}:1: OR132 error" in result.stderr


def test_a_log_thrown_away_with_its_head_is_found_by_the_published_snapshot(own: Desk) -> None:
    own.log.unlink()
    (own.data / "corrections.head").unlink()
    result = own.run("verify")
    assert result.returncode == 1
    assert f"{own.log}:1: OR133 error: entries 1 to 2 are missing" in result.stderr
    assert "the published snapshot knows 2" in result.stderr


def test_a_retracted_record_that_leaves_its_file_is_an_error(own: Desk) -> None:
    source = own.data / "sources" / "river-post.yaml"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("river-post-brandt", "river-post-brant"), encoding="utf-8")
    result = own.run("build")
    assert result.returncode == 1
    assert f"{own.log}:2: OR135 error: nothing on record is called 'river-post-brandt'" in result.stderr


REFUSED: Mapping[str, tuple[tuple[str, ...], str]] = {
    "an unknown slug": (("correct", "river-post-brant", "--reason", "x"), "did you mean river-post-brandt"),
    "an empty reason": (("correct", "river-post-board", "--reason", " "), "--reason: expected words"),
    "no reason": (("retract", "river-post-board"), "Missing option '--reason'"),
    "a reason of two lines": (("correct", "river-post-board", "--reason", "x\ny"), "U+000A at position 1"),
    "a date that is none": (
        ("correct", "river-post-board", "--reason", "x", "--date", "2018-02-30"), "February 2018 has 28 days",
    ),
    "a second retraction": (("retract", "river-post-brandt", "--reason", "x"), "was retracted, 2031-04"),
    "a correction after it": (("correct", "river-post-brandt", "--reason", "x"), "can't be corrected"),
    "an entry of the log": (("retract", "correction-1", "--reason", "x"), "only ever added to"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_bad_input_at_the_door_is_answered_and_adds_nothing(own: Desk, case: str) -> None:
    words, said = REFUSED[case]
    before = own.log.read_bytes()
    result = own.run(*words)
    assert result.returncode == 2
    assert said in result.stderr
    assert own.log.read_bytes() == before


def test_nothing_is_added_to_a_broken_log(own: Desk) -> None:
    own.log.write_text("so it goes\n", encoding="utf-8")
    result = own.run("correct", "river-post-board", "--reason", "x")
    assert result.returncode == 1
    assert f"{own.log}:1: OR131 error" in result.stderr
    assert own.log.read_text(encoding="utf-8") == "so it goes\n"


def test_a_log_that_cannot_be_written_is_unavailable(own: Desk) -> None:
    before = own.log.read_bytes()
    (own.data / ".corrections.jsonl.part").mkdir()
    result = own.run("correct", "river-post-board", "--reason", "x")
    assert result.returncode == 3
    assert "can't be written" in result.stderr
    assert own.log.read_bytes() == before


def test_two_who_write_at_once_both_stand_in_the_log(own: Desk) -> None:
    base = [sys.executable, "-m", "onrecord", "--data", str(own.data), "--snapshot", str(own.snapshot)]
    started = [
        subprocess.Popen([*base, "-q", "correct", "river-post-board", "--reason", f"Number {number}."])
        for number in range(4)
    ]
    assert [process.wait(timeout=120) for process in started] == [0] * 4
    assert len(own.log.read_text(encoding="utf-8").splitlines()) == 6
    assert own.run("verify").returncode == 0
