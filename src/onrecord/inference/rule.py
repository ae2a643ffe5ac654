"""Rules of inference: headed SPARQL CONSTRUCT files, one a derived property.

A rule opens with comment lines: a sentence, one `# axiom: …` line for each axiom of the ontology that it
realises (or `# axiom: none, since …`), and `# derives: …` with the properties that it yields. Variables in an
axiom line stand for all axioms of that form.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import ConfigurationError

_HEADER = re.compile(r"^# (?:(axiom|derives): )?(.+)$")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `name` is the file's stem; `axioms` are empty where `reason` says why there is none."""

    name: str
    path: Path
    summary: str
    axioms: tuple[str, ...]
    reason: str | None
    derives: tuple[str, ...]
    query: str


def read_rule(path: Path) -> Rule:
    """Reads one rule file; ConfigurationError names the file where its header is not complete."""
    query = path.read_text(encoding="utf-8")
    sentences: list[str] = []
    axioms: list[str] = []
    derives: list[str] = []
    reason = None
    for line in query.splitlines():
        match = _HEADER.match(line)
        if match is None:
            break
        key, value = match.groups()
        if key == "derives":
            derives += value.split()
        elif key == "axiom" and value.startswith("none"):
            reason = value.removeprefix("none").lstrip(", ")
        elif key == "axiom":
            axioms.append(" ".join(value.split()))
        else:
            sentences.append(value)
    if not sentences or not derives or bool(axioms) == bool(reason):
        raise ConfigurationError(
            f"{path.name}: a rule's header has a sentence, axioms (or 'axiom: none, since …') and 'derives:'",
            hint="look at ontology/rules/passageOf.rq",
        )
    return Rule(path.stem, path, " ".join(sentences), tuple(axioms), reason, tuple(derives), query)


def read_rules(ontology: Path) -> list[Rule]:
    """The rules of `ontology/rules/*.rq`, by name."""
    return [read_rule(path) for path in sorted((ontology / "rules").glob("*.rq"))]
