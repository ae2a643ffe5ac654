"""Slugs that records had before: read strictly, each fault at its line; what was logged is not lost."""

import shutil
from pathlib import Path

import pytest

from onrecord import graph
from onrecord.authoring import canonical, check_form, read
from onrecord.authoring.corrections import append
from onrecord.cli import run
from onrecord.findings import Finding
from onrecord.model.correction import sealed
from onrecord.model.redirect import OldNoun, Redirect
from onrecord.model.register import NOUNS
from onrecord.terms import BASE, load_kinds

REPO = Path(__file__).resolve().parents[3]
EXAMPLE = REPO / "tests" / "data" / "example"
KINDS = load_kinds(REPO / "ontology")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the example record."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "data", ignore=shutil.ignore_patterns("captures")))


def redirects(*entries: tuple[str, str, str]) -> str:
    lines = [f"  - old: {old}\n    new: {new}\n    noun: {noun}\n" for old, new, noun in entries]
    return "redirects:\n" + "".join(lines)


def found(data: Path, text: str) -> list[Finding]:
    (data / "redirects.yaml").write_text(text, encoding="utf-8")
    return [f for f in read(data, KINDS)[1] if f.place.file == str(data / "redirects.yaml")]


ADA, POST = ("ada-b", "ada-brandt", "actor"), ("post-old", "river-post", "document")

FAULTS = {
    "a target that nobody declares": (redirects(("ada-b", "ada-brant", "actor")), "OR114", 3, "ada-brandt?"),
    "a target that is like nothing": (redirects(("ada-b", "qq-99", "actor")), "OR114", 3, "a record that"),
    "a target of another noun": (redirects(("ada-b", "river-post", "actor")), "OR115", 3, "noun actor"),
    "a concept as a target": (redirects(("ada-b", "confidentiality", "actor")), "OR114", 3, ""),
    "an old slug that is in use": (redirects(("river-post", "ada-brandt", "actor")), "OR141", 2, "not used"),
    "a redirect to itself": (redirects(("ada-brandt", "ada-brandt", "actor")), "OR118", 3, "remove it"),
    "a redirect of nothing to itself": (redirects(("ada-b", "ada-b", "actor")), "OR118", 3, "remove it"),
    "a slug that is redirected twice": (
        redirects(ADA, ("ada-b", "culture-committee", "actor")), "OR142", 5, "first in line 2",
    ),
    "the same redirect twice": (redirects(ADA, ADA), "OR142", 5, "keep one"),
    "a chain": (redirects(("ada-a", "ada-b", "actor"), ADA), "OR143", 3, "`new: ada-brandt`"),
    "a noun that is none": (redirects(("ada-b", "ada-brandt", "acter")), "OR108", 4, "did you mean actor?"),
    "an entry of the log as a noun": (redirects(("ada-b", "ada-brandt", "correction")), "OR108", 4, "actor"),
    "a missing noun": ("redirects:\n  - old: ada-b\n    new: ada-brandt\n", "OR107", 2, ""),
    "a slug with a capital": (redirects(("Ada-B", "ada-brandt", "actor")), "OR108", 2, "ada-b?"),
    "an unknown key": (redirects(ADA) + "    why: marriage\n", "OR106", 5, ""),
    "another list": ("redirect:\n" + redirects(ADA)[11:], "OR106", 1, "did you mean redirects?"),
    "a mapping of slugs": ("ada-b: ada-brandt\n", "OR106", 1, ""),
    "a text for the list": ("redirects: none\n", "OR108", 1, "one item a line"),
    "a key given twice": (redirects(ADA) + "    noun: actor\n", "OR105", 5, ""),
    "no YAML": ("redirects:\n\t- old\n", "OR103", 2, ""),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_once_at_its_line(data: Path, fault: str) -> None:
    text, code, line, hint = FAULTS[fault]
    (finding,) = found(data, text)
    assert (finding.code, finding.severity, finding.place.line) == (code, "error", line), str(finding)
    assert hint in str(finding.hint)


def test_a_ring_is_told_once_and_what_leads_into_it_too(data: Path) -> None:
    ring = redirects(("bb-2", "cc-3", "actor"), ("cc-3", "bb-2", "actor"), ("aa-1", "bb-2", "actor"))
    told, into = found(data, ring)
    assert (told.code, told.place.line) == ("OR117", 3)
    assert "bb-2 → cc-3 → bb-2" in told.message
    assert (into.code, into.place.line, into.hint) == ("OR143", 9, "it never arrives")


def test_what_is_wrong_redirects_nothing_and_the_rest_holds(data: Path) -> None:
    text = redirects(
        ("ring-a", "ring-b", "actor"), ("ring-b", "ring-a", "actor"), POST, ("no-noun", "x9", "actor"), ADA
    )
    (data / "redirects.yaml").write_text(text, encoding="utf-8")
    register, _ = read(data, KINDS)
    assert register.redirects == tuple(Redirect(old=o, new=n, noun=noun) for o, n, noun in (ADA, POST))
    assert register.current("ada-b") == "ada-brandt"
    assert register.current("ada-brandt") == "ada-brandt"


def test_a_document_that_became_an_instrument_keeps_its_slug_and_its_old_address(data: Path) -> None:
    assert found(data, redirects(("records-agreement", "records-agreement", "document"))) == []
    register, _ = read(data, KINDS)
    lines = graph.nquads(graph.write(register, BASE)).decode()
    assert (
        f"<{BASE}id/document/records-agreement> <http://purl.org/dc/terms/isReplacedBy> "
        f"<{BASE}id/instrument/records-agreement> <{BASE}graph/redirects> ."
    ) in lines


def test_a_file_that_cannot_be_read_breeds_no_other_faults(data: Path) -> None:
    log_of(data, "ada-b")
    (data / "redirects.yaml").mkdir()
    (finding,) = read(data, KINDS)[1]
    assert (finding.code, finding.place.file) == ("OR101", str(data / "redirects.yaml"))


def test_a_target_in_a_file_that_cannot_be_read_is_not_missing(data: Path) -> None:
    (data / "actors" / "actors.yaml").write_text("actors: [", encoding="utf-8")
    assert found(data, redirects(ADA)) == []


def log_of(data: Path, slug: str) -> None:
    append(data, (), sealed((), "retract", slug, "Not she.", "2031-04", None, None))


def test_the_log_of_a_renamed_record_still_fits_and_is_told_of_the_record_of_today(data: Path) -> None:
    log_of(data, "river-post-first")
    assert [f.code for f in read(data, KINDS)[1]] == ["OR135"]
    assert found(data, redirects(("river-post-first", "river-post-brandt", "statement"))) == []
    register, findings = read(data, KINDS)
    assert findings == []
    assert set(register.retracted()) == {"river-post-brandt"}
    lines = graph.nquads(graph.write(register, BASE)).decode()
    gone = f"<{BASE}id/statement/river-post-brandt> <{BASE}ns#retractedBy> <{BASE}id/correction/correction-1>"
    assert gone in lines


def test_a_record_is_retracted_once_whatever_it_is_called(data: Path) -> None:
    first = sealed((), "retract", "river-post-first", "Not she.", "2031-04", None, None)
    append(data, (), first)
    append(data, (first,), sealed((first,), "retract", "river-post-brandt", "Nor he.", "2031-05", None, None))
    (data / "redirects.yaml").write_text(
        redirects(("river-post-first", "river-post-brandt", "statement")), encoding="utf-8"
    )
    (finding,) = read(data, KINDS)[1]
    assert (finding.code, finding.place.line) == ("OR135", 2)
    assert "was retracted by entry 1" in finding.message


def test_correct_names_the_slug_of_today(data: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (data / "redirects.yaml").write_text(redirects(ADA), encoding="utf-8")
    assert run(["--data", str(data), "correct", "ada-b", "--reason", "x"]) == 2
    assert "did you mean ada-brandt?" in capfd.readouterr().err


def test_fmt_writes_it_in_canonical_form(data: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = data / "redirects.yaml"
    path.write_text(
        '# Names that were bettered.\nredirects:\n- new: "ada-brandt"\n  old: ada-b  # 2031\n  noun: actor\n',
        encoding="utf-8",
    )
    (finding,) = check_form(path)
    assert (finding.code, finding.place.line) == ("OR120", 3)
    assert run(["--data", str(data), "fmt", "--check"]) == 1
    assert run(["--data", str(data), "fmt"]) == 0
    wanted = (
        "# Names that were bettered.\nredirects:\n"
        "  - old: ada-b  # 2031\n    new: ada-brandt\n    noun: actor\n"
    )
    assert path.read_text(encoding="utf-8") == wanted == canonical(path)
    assert run(["--data", str(data), "fmt", "--check"]) == 0


def test_check_names_a_fault_with_file_and_line(data: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (data / "redirects.yaml").write_text(redirects(("ada-b", "ada-brant", "actor")), encoding="utf-8")
    assert run(["--data", str(data), "check", "-q"]) == 1
    assert f"{data}/redirects.yaml:3:5: OR114 error" in capfd.readouterr().err


def test_the_nouns_are_those_that_people_give_slugs_to() -> None:
    assert set(OldNoun.__args__) == set(NOUNS) - {"correction"}  # type: ignore[attr-defined]


def test_a_redirect_to_a_record_that_is_wrong_itself_breeds_no_other_fault(data: Path) -> None:
    path = data / "actors" / "actors.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("  - id: ada-brandt\n", "  - id: ada-brandt\n    colour: red\n"), encoding="utf-8"
    )
    assert found(data, redirects(ADA)) == []
    register, findings = read(data, KINDS)
    assert [finding.code for finding in findings] == ["OR106"]
    assert register.redirects == ()
