"""Slugs to records: each names one thing, of the noun or scheme that its field wants, and no chain bites its
tail.
"""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from onrecord.authoring.node import Path
from onrecord.authoring.references import CHAINS, NOT_ITSELF, Target, refers
from onrecord.findings import Finding, Place
from onrecord.model import Record, Register

Kinds = Mapping[str, Mapping[str, str]]


def resolve(
    register: Register, declared: Mapping[str, str], owners: Iterable[tuple[str, Record]]
) -> list[Finding]:
    """Findings about every slug that the records hold.

    `declared` gives the noun of each slug that any file declares, those whose record is wrong included, so
    that one fault is told once. `owners` are the records with the slug under which their places are known.
    """
    resolver = _Resolver(register, declared)
    findings: list[Finding] = []
    chains: dict[tuple[type[Record], str], dict[str, tuple[str, ...]]] = {}
    for owner, record in owners:
        for path, slug, target in _slugs(record, ()):
            findings += resolver.check(owner, path, slug, target)
        for model, name, _ in CHAINS:
            if type(record) is model and getattr(record, name):
                chains.setdefault((model, name), {})[owner] = _several(getattr(record, name))
        for model, name in NOT_ITSELF:
            if type(record) is model and owner in getattr(record, name):
                place = register.place(owner, name, getattr(record, name).index(owner))
                findings.append(
                    Finding("OR118", f"`{owner}` names itself in `{name}`", place, hint="remove it")
                )
    for model, name, words in CHAINS:
        findings += _cycles(register, chains.get((model, name), {}), name, words)
    return findings


def _several(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def _slugs(record: Record, path: Path) -> Iterator[tuple[Path, str, Target]]:
    """Every slug inside a record with its path and what it must name; records with slugs of their own are
    left out.
    """
    for name, target, model in refers(type(record)):
        value = getattr(record, name)
        if value is None or value == ():
            continue
        here = (*path, name)
        if target is not None:
            if isinstance(value, str):
                yield here, value, target
            else:
                yield from (((*here, index), slug, target) for index, slug in enumerate(value))
        elif isinstance(value, Record):
            yield from _slugs(value, here)
        elif model is not None and "id" not in model.model_fields:
            for index, item in enumerate(value):
                yield from _slugs(item, (*here, index))


class _Resolver:
    """Looks slugs up; keeps the sorted names for suggestions."""

    def __init__(self, register: Register, declared: Mapping[str, str]) -> None:
        self.register = register
        self.declared = declared
        self.kinds = register.kinds

    def check(self, owner: str, path: Path, slug: str, target: Target) -> list[Finding]:
        """No finding where the slug names what it must."""
        noun = self.declared.get(slug)
        if noun in target.nouns or any(slug in self._notations(scheme) for scheme in target.schemes):
            return []
        name = next(step for step in reversed(path) if isinstance(step, str))
        place = self.register.place(owner, *path)
        if not target.nouns:
            return [self._no_concept(name, slug, target, place)]
        if noun is not None:
            message = f"`{name}` names `{slug}`, which is of the noun {noun}"
            return [Finding("OR115", message, place, hint=f"expected: {target}")]
        return [Finding("OR114", f"`{name}` names `{slug}`, which no file declares", place,
                        hint=self._suggest(slug, target))]  # fmt: skip

    def _notations(self, scheme: str) -> set[str]:
        if scheme == "*":
            return {notation for concepts in self.kinds.values() for notation in concepts}
        return set(self.kinds.get(scheme, {}))

    def _no_concept(self, name: str, slug: str, target: Target, place: Place) -> Finding:
        known = sorted(set().union(*(self._notations(scheme) for scheme in target.schemes)))
        schemes = " or ".join("any scheme" if s == "*" else f"the scheme `{s}`" for s in target.schemes)
        near = get_close_matches(slug, known, n=1, cutoff=0.6)
        listed = f"known: {', '.join(known)}" if 0 < len(known) <= 30 else "see ontology/kinds/"
        hint = f"did you mean {near[0]}? {listed}" if near else listed
        return Finding("OR116", f"`{name}` is `{slug}`, no concept of {schemes}", place, hint=hint)

    def _suggest(self, slug: str, target: Target) -> str:
        fitting = [name for name, noun in self.declared.items() if noun in target.nouns]
        fitting += [name for scheme in target.schemes for name in self._notations(scheme)]
        near = get_close_matches(slug, sorted(fitting), n=1, cutoff=0.6)
        return f"did you mean {near[0]}?" if near else f"expected: {target}"


def _cycles(
    register: Register, edges: Mapping[str, tuple[str, ...]], name: str, words: str
) -> Iterator[Finding]:
    """One finding for each ring of records, at its first slug."""
    done: set[str] = set()
    for start in sorted(edges):
        trail: list[str] = []
        stack: list[tuple[str, Iterator[str]]] = [("", iter((start,)))]
        while stack:
            slug = next(stack[-1][1], None)
            if slug is None:
                stack.pop()
                if trail:
                    done.add(trail.pop())
            elif slug in trail:
                ring = trail[trail.index(slug) :]
                yield _ring(register, ring, name, words)
            elif slug not in done:
                trail.append(slug)
                stack.append((slug, iter(edges.get(slug, ()))))


def _ring(register: Register, ring: list[str], name: str, words: str) -> Finding:
    first = ring.index(min(ring))
    around = [*ring[first:], *ring[:first], ring[first]]
    message = f"`{around[0]}` {words} itself: {' → '.join(around)}"
    return Finding("OR117", message, register.place(around[0], name), hint="one of these must be wrong")


CODES: dict[str, str] = {
    "OR114": "A slug that no file declares.",
    "OR115": "A slug of the wrong noun for its field, an event where an actor is wanted.",
    "OR116": "A word that is no concept of the scheme that its field takes its values from.",
    "OR117": "A chain that leads back to its start: part of, relays, responds to, breakdown of, acts for, "
    "amends.",
    "OR118": "A record that names itself as another.",
}
