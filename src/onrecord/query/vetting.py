"""Whether a remote engine answers as our own does: the same questions to both, and the answers compared.

Standards leave engines little freedom, and some take more: an engine may print "printed" where nothing is
printed. What was seen is in docs/scaling.md.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from onrecord import resources
from onrecord.endpoint import Endpoint
from onrecord.errors import LimitExceeded, OnRecordError
from onrecord.query.gateway import Gateway
from onrecord.query.limits import Limits
from onrecord.query.questions import Questions
from onrecord.query.remote import Remote
from onrecord.snapshot.folder import Snapshot

Progress = Callable[[str, int, int], None]


def differing(
    questions: Questions, snapshot: Snapshot, endpoint: Endpoint, limits: Limits, progress: Progress
) -> tuple[str, ...]:
    """The questions and probes that the engine answers otherwise than the snapshot's store, by name.

    Every named question that needs no parameter is asked, and every query of `ontology/remote/probes/`.
    Raises Unavailable where the engine does not hold the record.
    """
    manifest = snapshot.manifest
    remote = Remote(endpoint, limits, manifest.base, manifest.dataset_hash, trusted=True)
    try:
        store = remote.store
        with (
            Gateway(store, limits, manifest.base, remote) as theirs,
            Gateway(snapshot.store, limits, manifest.base) as ours,
        ):
            theirs.warm()
            return tuple(_differing(questions, ours, theirs, progress))
    finally:
        remote.close()


def probes() -> list[Path]:
    """The files of the probes, in order."""
    return sorted((resources.ontology_dir() / "remote" / "probes").glob("*.rq"))


def _differing(questions: Questions, ours: Gateway, theirs: Gateway, progress: Progress) -> Iterator[str]:
    every, steps = probes(), len(probes()) + len(questions)
    for number, path in enumerate(every, 1):
        progress(f"ask {path.stem}", number, steps)
        text = path.read_text(encoding="utf-8")
        if _rows(ours, text) != _rows(theirs, text):
            yield path.stem
    for number, question in enumerate(questions, len(every) + 1):
        progress(f"ask {question.name}", number, steps)
        if any(parameter.required for parameter in question.parameters):
            continue
        try:
            answer = questions.answer(ours, question.name).as_json()
        except LimitExceeded:
            continue  # too much for one machine: nothing to compare with
        try:
            same = questions.answer(theirs, question.name).as_json() == answer
        except (OnRecordError, ValueError):
            same = False
        if not same:
            yield question.name


def _rows(gateway: Gateway, text: str) -> list[str] | list[bytes] | str:
    """What the answer holds, in an order that is no engine's; the kind of error where there is none."""
    try:
        result = gateway.query(text)
    except OnRecordError as error:
        return type(error).__name__
    if result.kind != "bindings":
        return sorted(result.body.splitlines())
    return sorted(
        str(sorted((name, sorted(term.items())) for name, term in row.items())) for row in result.rows
    )
