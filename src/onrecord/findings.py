"""Findings: what a curator can mend, printed like a compiler's messages.

A finding names the place (`file:line:column`, from 1), a code of the table in `docs/findings.md`, a
severity, what was found and what to do. Codes by hundreds: 1 authoring, 2 anchors, 3 shapes,
4 consistency and sanity, 5 ontology, 6 ingest.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

Severity = Literal["error", "warning", "note"]
_ORDER = {"error": 0, "warning": 1, "note": 2}


@dataclass(frozen=True, slots=True)
class Place:
    """A point in a file: path as shown to people, line and column from 1 (0 where unknown)."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join([self.file, *(str(n) for n in (self.line, self.column) if n)])


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend. `code` is `OR` and three digits; `hint` says what to do."""

    code: str
    message: str
    place: Place
    severity: Severity = "error"
    hint: str | None = None

    def __str__(self) -> str:
        tail = f" ({self.hint})" if self.hint else ""
        return f"{self.place}: {self.code} {self.severity}: {self.message}{tail}"

    def as_json(self) -> dict[str, Any]:
        """Plain values for `--format json`."""
        place = asdict(self.place)
        return {
            "code": self.code, "severity": self.severity, "message": self.message, "hint": self.hint, **place
        }  # fmt: skip


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by place, then code: the same order on every run."""
    return sorted(
        set(findings),
        key=lambda f: (f.place.file, f.place.line, f.place.column, _ORDER[f.severity], f.code, f.message),
    )


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """Only those that keep a build from being published."""
    return [finding for finding in findings if finding.severity == "error"]


def strict(findings: Iterable[Finding]) -> list[Finding]:
    """The same findings with warnings raised to errors (`--strict`)."""
    return [
        Finding(f.code, f.message, f.place, "error", f.hint) if f.severity == "warning" else f
        for f in findings
    ]
