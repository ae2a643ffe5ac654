"""`python -m benchmarks.synthetic N FOLDER [snapshot]`: a record of N invented events, for measuring.

With `snapshot` it is published in FOLDER/snapshot too: by the steps of `onrecord build` and with its dataset
hash, but without those that only look for faults (anchors, sense, SHACL), which for 100,000 events take an
hour. Each step is told with its processor time, its time, the load average and the memory so far.

Kinds, actors, dates of every precision, documents, and sources whose texts are written beside it (FOLDER/data
and FOLDER/captures). The same N gives the same files; `onrecord build` finds no error in them. A dossier has
25 events, as stories have (what precedes what is derived within a dossier, and grows with its square); a
source tells 50.
"""

import os
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

import yaml

from onrecord import authoring, build, findings, resources, terms
from onrecord.config import Settings, identity
from onrecord.model import hash_text, seal_of

PER_DOSSIER, PER_SOURCE = 25, 50
FIRST = date(1985, 1, 1)
PRINTED = date(2026, 1, 1)  # all sources after everything that they tell
DAYS = 40 * 365
VERBS = ("asks", "answers", "warns", "meets", "writes to", "overrules", "praises", "sues", "advises", "fines")
OBJECTS = (
    "the regulator",
    "the trust",
    "the ministry",
    "patients",
    "the union",
    "the court",
    "the committee",
)
TOPICS = ("appeal", "budget", "contract", "delay", "audit", "merger", "inspection", "licence", "register")
BASES = ("relative", "inferred")
_CONTEXT = 40


def main() -> None:
    """Writes the record."""
    number, folder = int(sys.argv[1]), Path(sys.argv[2])
    write(number, folder)
    print(f"{number} events in {folder / 'data'}, full texts in {folder / 'captures'}")
    if sys.argv[3:] == ["snapshot"]:
        print(f"published {publish(folder)}")


def write(number: int, folder: Path) -> None:
    """A record of `number` events below `folder`; what stands there already is written over."""
    dice = Random(number)
    actors = [f"actor-{place:05}" for place in range(max(12, number // 20))]
    documents = [f"paper-{place:05}" for place in range(max(6, number // 40))]
    events = [_event(dice, place, actors, documents) for place in range(number)]
    sources = list(_sources(dice, events, actors, folder / "captures"))
    data = folder / "data"
    _dump(data / "actors" / "actors.yaml", {"actors": [_actor(slug) for slug in actors]})
    _dump(data / "documents" / "documents.yaml", {"documents": [_document(slug) for slug in documents]})
    for source in sources:
        _dump(data / "sources" / f"{source['id']}.yaml", source)
    for place in range(0, number, PER_DOSSIER):
        part = events[place : place + PER_DOSSIER]
        slug = f"story-{place // PER_DOSSIER:03}"
        _dump(data / "dossiers" / f"{slug}.yaml", _dossier(slug, part, documents[0]))
    (data / "onrecord.toml").write_text(
        f'title = "A synthetic record of {number} events"\nbase = "https://w3id.org/onrecord/"\n'
        'language = "en-GB"\nlicence = "CC0-1.0"\ndescription = "Invented, for measuring."\n'
        'creators = ["onrecord contributors"]\n',
        encoding="utf-8",
    )


def publish(folder: Path) -> Path:
    """Publishes the record of `folder` without the steps that only look for faults; returns the snapshot."""
    settings = Settings(folder / "data", folder / "snapshot", folder / "captures")
    steps = _Steps()
    steps.begin("read files")
    meta = identity(settings.data)
    register, found = authoring.read(settings.data, terms.load_kinds(resources.ontology_dir()))
    if findings.errors(found):
        raise SystemExit(f"{len(found)} findings; `onrecord --data {settings.data} check` tells them")
    quads = build.write(register, meta, steps.begin)
    prepared = build.Prepared(meta, register, {}, quads, found)
    snapshot = build.publish(settings, prepared, steps.begin)
    steps.begin("")
    return snapshot.path


class _Steps:
    """Tells of each step, when the next begins, what it took."""

    def __init__(self) -> None:
        self._name, self._cpu, self._clock = "", 0.0, 0.0

    def begin(self, name: str, *_: int) -> None:
        """The step before ends here."""
        cpu, clock = time.process_time(), time.perf_counter()
        if self._name:
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
            took = f"{cpu - self._cpu:7.1f} s of processor, {clock - self._clock:7.1f} s"
            print(f"{self._name:12} {took}, load {os.getloadavg()[0]:.1f}, {memory:.1f} GB", flush=True)
        self._name, self._cpu, self._clock = name, cpu, clock


class _Dumper(yaml.CSafeDumper):
    """Writes a text that holds line breaks on one line, as our files do."""


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = '"' if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def _dump(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1_000_000)
    path.write_text(text, encoding="utf-8")


def _name(slug: str) -> str:
    return f"Body {slug.rpartition('-')[2].lstrip('0') or '0'}"


def _actor(slug: str) -> dict[str, object]:
    return {"id": slug, "label": _name(slug), "kind": "organisation"}


def _document(slug: str) -> dict[str, object]:
    first = slug == "paper-00000"
    kind = {"kind": "memorandum-of-understanding", "instrument": "true"} if first else {"kind": "letter"}
    return {"id": slug, "label": f"Paper {slug.rpartition('-')[2]}", **kind}


def _dossier(slug: str, events: Sequence[dict[str, object]], instrument: str) -> dict[str, object]:
    return {
        "id": slug,
        "label": f"Story {slug.rpartition('-')[2]}",
        "description": "An invented story, for measuring.",
        "instruments": [instrument],
        "turning_points": [event["id"] for event in events[:: max(1, len(events) // 6)]][:7],
        "events": list(events),
    }


def _when(dice: Random) -> str | None:
    """A date of one of the precisions, most often a day; None where nothing is known."""
    day = FIRST + timedelta(days=dice.randrange(DAYS))
    later = day + timedelta(days=dice.randrange(1, 400))
    forms = (
        (50, day.isoformat()), (18, f"{day:%Y-%m}"), (8, f"{day:%Y}"),
        (3, f"{day:%Y}-{dice.randrange(21, 25)}"),
        (4, f"{day.isoformat()}~"), (5, f"[{day.isoformat()}..{(day + timedelta(days=6)).isoformat()}]"),
        (4, f"{day:%Y-%m}/{later:%Y-%m}"), (2, f"{day.isoformat()}/.."), (1, f"[..{day.isoformat()}]"),
        (1, f"{{{day:%Y-%m},{day.year + 2}}}"), (1, f"{str(day.year)[:3]}X"), (3, None),
    )  # fmt: skip
    return dice.choices([form for _, form in forms], [weight for weight, _ in forms])[0]


def _kinds() -> list[str]:
    kinds = [
        concept.notation
        for concept in terms.load_concepts(resources.ontology_dir())
        if concept.scheme == "event"
    ]
    return sorted(set(kinds) - {"article-publication"})


_KINDS = _kinds()


def _event(dice: Random, place: int, actors: Sequence[str], documents: Sequence[str]) -> dict[str, object]:
    # a few actors take part in much, most in little, as in any record
    involved = {actors[int(len(actors) * dice.random() ** 3)] for _ in range(dice.choice((1, 1, 2, 3)))}
    first = min(involved)
    what = f"{dice.choice(VERBS)} {dice.choice(OBJECTS)} over the {dice.choice(TOPICS)}"
    label = f"{_name(first)} {what} of case {place}"
    when = _when(dice)
    dating = {"basis": dice.choice(BASES)} if when is None else {"when": when, "basis": dice.choice(BASES)}
    event: dict[str, object] = {
        "id": f"event-{place:06}",
        "label": label,
        "kind": dice.choice(_KINDS),
        "date": dating,
        "participants": [{"actor": actor, "role": "party"} for actor in sorted(involved)],
    }
    if dice.random() < 0.3:
        event["documents"] = [dice.choice(documents)]
    if dice.random() < 0.3:
        event["description"] = f"What is known of case {place}, in a sentence of our own."
    return event


def _sources(
    dice: Random, events: Sequence[dict[str, object]], actors: Sequence[str], captures: Path
) -> Iterator[dict[str, object]]:
    """A source for each fifty events, its text written below `captures`."""
    captures.mkdir(parents=True, exist_ok=True)
    for place in range(0, len(events), PER_SOURCE):
        slug = f"paper-of-{place // PER_SOURCE:05}"
        told = events[place : place + PER_SOURCE]
        printed = PRINTED + timedelta(days=place // PER_SOURCE % 300)
        lines = [
            f"Report {place}. {printed.day} {printed:%B %Y}.",
            *(f"{event['label']}, it was said: “{_words(event)}”" for event in told),
        ]
        text = "\n\n".join(lines) + "\n"
        (captures / f"{slug}.txt").write_text(text, encoding="utf-8")
        yield _source(dice, slug, text, told, actors[0], printed)


def _words(event: dict[str, object]) -> str:
    return f"We have nothing to hide in {event['id']}."


def _source(
    dice: Random,
    slug: str,
    text: str,
    told: Sequence[dict[str, object]],
    publisher: str,
    printed: date,
) -> dict[str, object]:
    capture = {"file": f"{slug}.txt", "sha256": hash_text(text), "length": len(text)}
    accounts, statements = [], []
    for event in told:
        label, words = str(event["label"]), _words(event)
        at = text.index(label)
        accounts.append(
            {"event": event["id"], "description": f"The report tells it: {label}.",
             "passages": [_anchor(text, capture["sha256"], at, at + len(label), quoted=False)]}
        )  # fmt: skip
        if dice.random() < 0.3:
            said = text.index(words, at)
            quote = {"exact": words, **_anchor(text, capture["sha256"], said, said + len(words), quoted=True)}
            parts: list[dict[str, str]] = event["participants"]  # type: ignore[assignment]
            statements.append(
                {"id": f"said-{event['id']}", "speaker": parts[0]["actor"], "mode": "direct", "act": "said",
                 "date": event["date"], "venue": event["id"], "about": ["data-sharing"], "stance": "neutral",
                 "quotes": [quote]}
            )  # fmt: skip
    return {
        "id": slug,
        "title": f"Report {slug.rpartition('-')[2]}",
        "kind": "news-article",
        "publisher": publisher,
        "published": {"when": printed.isoformat(), "basis": "stated"},
        "rights": "CC0",
        "capture": capture,
        "statements": statements,
        "events": accounts,
    }


def _anchor(text: str, capture: object, start: int, end: int, *, quoted: bool) -> dict[str, object]:
    prefix = text[max(0, start - _CONTEXT) : start] if quoted else ""
    suffix = text[end : end + _CONTEXT] if quoted else ""
    digest = hash_text(text[start:end])
    seal = seal_of(str(capture), start, end, digest, prefix, suffix)
    context = {"prefix": prefix, "suffix": suffix} if quoted else {}
    return {**context, "start": start, "end": end, "sha256": digest, "seal": seal}


if __name__ == "__main__":
    main()
