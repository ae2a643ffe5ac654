"""`make audit` tells what a database knows, and fails where it could not ask it about everything."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

LOCK = """\
# comment
apples==1.0 \\
    --hash=sha256:00
pears.And_plums==2.0 ; python_version < "3.13" \\
    --hash=sha256:00
"""
NONE: list[dict[str, object]] = [
    {"name": "apples", "version": "1.0", "vulns": []},
    {"name": "pears-and-plums", "version": "2.0", "vulns": []},
]
FLAW = {"id": "OSV-2026-1", "fix_versions": ["1.1"], "aliases": [], "description": "Rots."}


def audit(repo: Path, folder: Path, answer: object, status: int = 0, says: str = "") -> tuple[int, str, str]:
    """`.ci/audit` with a stand-in for pip-audit that writes `answer` (None: nothing) and says something."""
    lock = folder / "run.txt"
    lock.write_text(LOCK, encoding="utf-8")
    program = folder / "pip-audit"
    written = None if answer is None else json.dumps(answer)
    program.write_text(
        f"#!{sys.executable}\nimport sys\nfrom pathlib import Path\n"
        f"answer = {written!r}\n"
        "if answer is not None:\n"
        "    Path(sys.argv[sys.argv.index('--output') + 1]).write_text(answer)\n"
        f"print({says!r}, file=sys.stderr)\nsys.exit({status})\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    command = [sys.executable, str(repo / ".ci" / "audit"), str(program), str(lock)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def test_nothing_known_against_any_is_said_with_how_many(repo: Path, tmp_path: Path) -> None:
    status, said, _ = audit(repo, tmp_path, {"dependencies": NONE})
    assert status == 0
    assert "nothing is known against any of 2 packages" in said


def test_a_vulnerability_is_listed_with_the_version_that_mends_it(repo: Path, tmp_path: Path) -> None:
    answer = {"dependencies": [NONE[0] | {"vulns": [FLAW]}, NONE[1]]}
    status, said, _ = audit(repo, tmp_path, answer, status=1)
    assert status == 1
    assert "apples 1.0: OSV-2026-1 (mended in 1.1)" in said


@pytest.mark.parametrize(
    ("answer", "status", "says", "why"),
    [
        (None, 1, "ConnectionError: Failed to resolve 'api.example'", "Failed to resolve"),
        (None, 0, "", "no answer"),
        ("no object", 0, "", "no answer"),
        ({"dependencies": []}, 0, "", "no answer about apples 1.0, pears-and-plums 2.0"),
        ({"dependencies": NONE[:1]}, 0, "", "no answer about pears-and-plums 2.0"),
        ({"dependencies": [NONE[0], {"name": "pears-and-plums", "skip_reason": "?"}]}, 0, "", "no answer"),
        ({"dependencies": NONE}, 1, "", "ended with status 1"),
    ],
)
def test_a_database_that_could_not_be_asked_is_never_told_as_none(
    repo: Path, tmp_path: Path, answer: object, status: int, says: str, why: str
) -> None:
    ended, said, told = audit(repo, tmp_path, answer, status, says)
    assert ended == 3
    assert said == ""
    assert "NOT AUDITED" in told
    assert why in told


def test_a_program_that_is_not_there_is_said(repo: Path, tmp_path: Path) -> None:
    (tmp_path / "run.txt").write_text(LOCK, encoding="utf-8")
    command = [
        sys.executable,
        str(repo / ".ci" / "audit"),
        str(tmp_path / "nowhere"),
        str(tmp_path / "run.txt"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "No such file" in done.stderr
