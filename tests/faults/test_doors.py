"""A wrong word at every door of the command line: one sentence, a hint, the right status, no traceback."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.cli import run
from onrecord.workspace import Workspace

SAID = ["ask", "who-said-what"]
WRONG: dict[str, tuple[list[str], int, str]] = {
    "a command that is none": (["biuld"], 2, "Did you mean build?"),
    "an option that is none": (["build", "--strictt"], 2, "--strict"),
    "a data folder that is none": (["--data", "/no/such", "check"], 2, "/no/such"),
    "a captures folder that is none": (["verify", "--captures", "/no/such"], 2, "/no/such"),
    "a question that is none": (["ask", "who-said-wat"], 2, "who-said-what"),
    "a question that is none, listed": (["ask", "--list", "timelin"], 2, "timeline"),
    "a parameter that is none": ([*SAID, "--speakr", "x"], 2, "speaker"),
    "a parameter without a value": ([*SAID, "--speaker"], 2, "needs a value"),
    "a parameter twice": ([*SAID, "--speaker", "a", "--speaker", "b"], 2, "twice"),
    "a word that is no parameter": ([*SAID, "margot"], 2, "not a parameter"),
    "a slug that is none": ([*SAID, "--speaker", "tomas-okoroo"], 2, "tomas-okoro"),
    "a concept that is none": ([*SAID, "--stance", "opose"], 2, "oppose"),
    "a date that is none": ([*SAID, "--from", "2018-13"], 2, "no month 13"),
    "a required parameter left out": (["ask", "status-on"], 2, "instrument"),
    "a limit that is no number": ([*SAID, "--limit", "many"], 2, "limit"),
    "no query at all": (["query"], 2, "one query is needed"),
    "two queries": (["query", "x.rq", "--text", "ASK {}"], 2, "one query is needed"),
    "a query file that is none": (["query", "/no/such.rq"], 2, "can't be read"),
    "malformed SPARQL": (["query", "--text", "SELECT * WHERE {"], 2, "1:"),
    "an undeclared prefix": (["query", "--text", "SELECT * { ?s onr:text ?t }"], 2, "PREFIX onr:"),
    "an update": (["query", "--text", "DELETE WHERE { ?s ?p ?o }"], 2, "DELETE"),
    "a federated query": (["query", "--text", "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }"], 2, "SERVICE"),
    "a format that is none": (["export", "gefx"], 2, "gexf"),
    "a filter that is none": (["export", "gexf", "--speakr", "x"], 2, "speaker"),
    "a file that can't be written": (["export", "gexf", "--out", "/no/such/file.gexf"], 2, "/no/such/file"),
    "a file without a name": (["export", "csv", "--out", ""], 2, "--out names no file"),
    "a page that is too large": (["search", "a", "--limit", "9" * 20], 2, "--limit"),
    "a page that is too far": (["search", "a", "--offset", "9" * 20], 2, "--offset"),
    "words that are not UTF-8": ([*SAID, "--contains", "\udcff"], 2, "--contains: not UTF-8"),
    "a name that is not UTF-8": (["ask", "evidence", "--id", "\udcff"], 2, "--id: not UTF-8"),
    "a search that is not UTF-8": (["search", "\udcff"], 2, "not UTF-8"),
    "a query that is not UTF-8": (["query", "--text", "ASK {} # \udcff"], 2, "--text: not UTF-8"),
    "an empty address": (["serve", "--address", ""], 2, "--address is empty"),
    "an empty address of the app": (["app", "--address", ""], 2, "--address is empty"),
    "an empty date": (["correct", "tomas-okoro", "--reason", "r", "--date", ""], 2, "--date"),
    "an empty date of a retraction": (["retract", "tomas-okoro", "--reason", "r", "--date", ""], 2, "--date"),
    "nothing to search for": (["search", "!!!"], 2, "nothing to search for"),
    "a source that is none": (["anchor", "river-pots"], 2, "river-post"),
}


def _run(example: Workspace, words: list[str]) -> int:
    places = example.settings
    first = [
        "--data",
        str(places.data),
        "--snapshot",
        str(places.snapshot),
        "--captures",
        str(places.captures),
    ]
    return run([*first, *words])


@pytest.mark.parametrize("fault", WRONG)
def test_a_wrong_word_is_answered(example: Workspace, capfd: pytest.CaptureFixture[str], fault: str) -> None:
    words, status, said = WRONG[fault]
    assert _run(example, words) == status
    out, err = capfd.readouterr()
    assert said in err
    assert out == ""
    assert "Traceback" not in err
    assert "internal error" not in err


def test_a_query_over_its_time_is_unavailable(
    example: Workspace, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_TIME_LIMIT_S", "1")
    cross = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    assert _run(example, ["query", "--text", cross]) == 3
    assert "within 1 s" in capfd.readouterr().err


def test_a_closed_standard_input_is_said(
    example: Workspace, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", None)
    assert _run(example, ["query", "-"]) == 2
    assert "standard input is closed" in capfd.readouterr().err


def test_an_answer_is_utf8_whatever_the_locale_says(example: Workspace) -> None:
    places = ["--data", str(example.settings.data), "--snapshot", str(example.settings.snapshot)]
    command = [sys.executable, "-m", "onrecord", *places, *SAID]
    whole = [
        subprocess.run(command, env=os.environ | {"PYTHONIOENCODING": name}, capture_output=True, check=True)
        for name in ("utf-8", "latin-1")
    ]
    assert whole[0].stdout == whole[1].stdout
    assert not whole[0].stdout.isascii()


def test_a_limit_that_is_no_number_is_named(
    example: Workspace, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_TIME_LIMIT_S", "soon")
    assert _run(example, ["limits"]) == 2
    assert "ONRECORD_TIME_LIMIT_S" in capfd.readouterr().err


def test_results_go_to_stdout_and_words_to_stderr(
    example: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    assert _run(example, [*SAID, "--output", "json"]) == 0
    out, err = capfd.readouterr()
    answer = json.loads(out)
    assert answer["complete"] is True
    assert answer["total"] == len(answer["rows"]) > 0
    assert set(answer) == {"question", "parameters", "columns", "rows", "total", "complete", "notes"}
    assert err == ""


def test_a_page_of_no_rows_has_the_whole_total(example: Workspace, capfd: pytest.CaptureFixture[str]) -> None:
    for words in (["search", "river"], SAID):
        assert _run(example, [*words, "--output", "json"]) == 0
        whole = json.loads(capfd.readouterr().out)
        assert _run(example, [*words, "--limit", "0", "--output", "json"]) == 0
        page = json.loads(capfd.readouterr().out)
        assert page["rows"] == []
        assert page["total"] == whole["total"] > 0


def test_a_build_prints_its_counts(
    example: Workspace, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert (
        run(["-q", "--data", str(example.settings.data), "--snapshot", str(tmp_path / "new"), "build"]) == 0
    )
    out, err = capfd.readouterr()
    assert " statements, " in out
    assert "published" in out
    assert err == ""


def test_quiet_says_nothing_of_a_file_written(
    example: Workspace, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert _run(example, ["-q", "export", "csv", "--out", str(tmp_path / "said.csv")]) == 0
    assert capfd.readouterr() == ("", "")
    assert (tmp_path / "said.csv.about.json").is_file()


def _socket(place: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.path.relpath(place))  # a socket's whole path may be longer than the system takes


NO_FILES: dict[str, tuple[Callable[[Path], None], str]] = {
    "a pipe": (os.mkfifo, "a pipe"),
    "a socket": (_socket, "a socket"),
    "a link to a device": (lambda place: place.symlink_to("/dev/null"), "a device"),
    "a link to nothing": (lambda place: place.symlink_to("nowhere"), "a link to nothing"),
    "a folder": (Path.mkdir, "a folder"),
}


@pytest.mark.parametrize("suffix", ["", ".about.json"])
@pytest.mark.parametrize("kind", NO_FILES)
def test_an_export_replaces_nothing_that_is_no_file(
    example: Workspace, capfd: pytest.CaptureFixture[str], tmp_path: Path, kind: str, suffix: str
) -> None:
    make, said = NO_FILES[kind]
    place = tmp_path / f"said.csv{suffix}"
    make(place)
    before = place.lstat()
    assert _run(example, ["export", "csv", "--out", str(tmp_path / "said.csv")]) == 2
    out, err = capfd.readouterr()
    assert f"{place} is not a file but {said}" in err
    assert suffix or "leave out --out" in err or said == "a link to nothing"
    assert "internal error" not in err
    assert out == ""
    assert list(tmp_path.iterdir()) == [place]
    assert (place.lstat().st_mode, place.lstat().st_ino) == (before.st_mode, before.st_ino)


def test_an_export_writes_through_a_link_to_a_file(example: Workspace, tmp_path: Path) -> None:
    (tmp_path / "said.csv").write_text("old")
    (tmp_path / "latest.csv").symlink_to("said.csv")
    assert _run(example, ["-q", "export", "csv", "--out", str(tmp_path / "latest.csv")]) == 0
    assert (tmp_path / "latest.csv").is_symlink()
    assert (tmp_path / "said.csv").read_text().startswith("statement")
    assert {path.name for path in tmp_path.iterdir()} == {"said.csv", "said.csv.about.json", "latest.csv"}


@pytest.mark.parametrize("output", ["text", "csv"])
def test_notes_are_said_beside_other_forms(
    example: Workspace, capfd: pytest.CaptureFixture[str], output: str
) -> None:
    assert _run(example, ["ask", "timeline", "--output", output]) == 0
    out, err = capfd.readouterr()
    assert "river-post" in out
    assert "cut_off" in err


def test_without_a_snapshot_a_question_builds_one_and_says_so(
    example: Workspace, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    words = ["--data", str(example.settings.data), "--snapshot", str(tmp_path / "new"), "ask", "actors"]
    assert run(words) == 0
    assert "building it from" in capfd.readouterr().err
    assert run([*words, "-q"]) == 0
    assert capfd.readouterr().err == ""


def test_a_record_newer_than_its_snapshot_is_said(
    example: Workspace, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    import shutil

    data = tmp_path / "data"
    shutil.copytree(example.settings.data, data)
    words = ["--data", str(data), "--snapshot", str(tmp_path / "new")]
    assert run([*words, "build"]) == 0
    toml = data / "onrecord.toml"
    toml.write_text(toml.read_text() + "# changed\n")
    capfd.readouterr()
    assert run([*words, "ask", "actors"]) == 0
    assert "has changed since the snapshot was built" in capfd.readouterr().err


TOML = {
    "it is missing": (None, "no such file"),
    "it is not TOML": ("title = ", "not TOML"),
    "it has no title": ('base = "https://x.org/"', "no title"),
    "its remote engine is no address of the web": ('title = "x"\nendpoint = "ftp://x.org/"', "ftp"),
    "it has an unknown key": ('title = "x"\ncolour = "red"', "colour"),
    "its base is no address": ('title = "x"\nbase = "nowhere"', "base"),
    "its title has a control character": ('title = "a\\u0007b"', "title"),
}


@pytest.mark.parametrize("fault", TOML)
def test_a_wrong_onrecord_toml_is_a_configuration_error(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], fault: str
) -> None:
    text, said = TOML[fault]
    if text is not None:
        (tmp_path / "onrecord.toml").write_text(text)
    assert run(["--data", str(tmp_path), "--snapshot", str(tmp_path / "s"), "build"]) == 2
    err = capfd.readouterr().err
    assert said in err
    assert str(tmp_path / "onrecord.toml") in err
