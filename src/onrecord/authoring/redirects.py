"""Old slugs to new ones: each leads in one step to a record that there is, and none is used again."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from onrecord.authoring.node import Node, place_of
from onrecord.findings import Finding, Place
from onrecord.model.redirect import ALIKE, Redirect


def check_redirects(
    redirects: Sequence[Redirect],
    nodes: Sequence[Node],
    file: str,
    declared: Mapping[str, str],
    where: Mapping[str, Place],
) -> tuple[list[Redirect], list[Finding]]:
    """The redirects that hold, and what is wrong with the others: OR114, OR115, OR117, OR118, OR141 to OR143.

    nodes: the redirects as they stand in `file`. declared: slug → noun of all that the files declare;
    where: slug → where.
    """
    checker = _Checker(redirects, nodes, file, declared, where)
    rings = checker.rings()
    kept: list[Redirect] = []
    found = [checker.ring(slugs) for slugs in rings]
    ringed = {slug for slugs in rings for slug in slugs}
    for at, redirect in enumerate(redirects):
        if checker.at[redirect.old] == at and redirect.old in ringed:
            continue
        finding = checker.wrong(at, redirect)
        found += [finding] if finding else []
        kept += [] if finding else [redirect]
    return kept, found


class _Checker:
    def __init__(
        self,
        redirects: Sequence[Redirect],
        nodes: Sequence[Node],
        file: str,
        declared: Mapping[str, str],
        where: Mapping[str, Place],
    ) -> None:
        self.nodes, self.file, self.declared, self.where = nodes, file, declared, where
        self.leads: dict[str, str] = {}
        self.at: dict[str, int] = {}
        for at, redirect in enumerate(redirects):
            if redirect.old not in self.at:
                self.at[redirect.old] = at
                if redirect.old not in declared:
                    self.leads[redirect.old] = redirect.new

    def _find(self, code: str, at: int, key: str, message: str, hint: str) -> Finding:
        node = self.nodes[at]
        line, column = place_of(node, (key,)) or (node.line, node.column)
        return Finding(code, message, Place(self.file, line, column), hint=hint)

    def wrong(self, at: int, redirect: Redirect) -> Finding | None:
        """What is wrong with one redirect that is in no ring."""
        old, new, noun = redirect.old, redirect.new, redirect.noun
        first = self.at[old]
        is_now = self.declared.get(new)
        if first != at:
            line = self.nodes[first].line
            return self._find("OR142", at, "old", f"`{old}` is redirected a second time",
                              f"first in line {line}; keep one")  # fmt: skip
        if old == new and (is_now is None or is_now == noun):
            return self._find("OR118", at, "new", f"`{old}` is redirected to itself", "remove it")
        if old != new and old in self.declared:
            message = f"`{old}` is still the slug of the {self.declared[old]} at {self.where[old]}"
            return self._find("OR141", at, "old", message, "a slug that was given up is not used again")
        if new in self.leads and old != new:
            return self._chain(at, old, new)
        if is_now is None:
            near = get_close_matches(new, sorted(self.declared), n=1, cutoff=0.6)
            hint = f"did you mean {near[0]}?" if near else "a redirect leads to a record that there is"
            return self._find("OR114", at, "new", f"`new` names `{new}`, which no file declares", hint)
        if is_now != noun and not {is_now, noun} <= ALIKE:
            message = f"`new` names `{new}`, which is of the noun {is_now}"
            return self._find("OR115", at, "new", message, f"the old address is of the noun {noun}")
        return None

    def _trail(self, start: str) -> tuple[list[str], str | None]:
        """The slugs along which `start` leads, and the one at which it comes to where it was before."""
        trail = [start]
        while (after := self.leads.get(trail[-1])) is not None and after not in trail:
            trail.append(after)
        return trail, after

    def _chain(self, at: int, old: str, new: str) -> Finding:
        trail, again = self._trail(old)
        message = f"`{new}` is redirected itself: {' → '.join([*trail, *([again] if again else [])])}"
        hint = "it never arrives" if again else f"write where it leads in the end: `new: {trail[-1]}`"
        return self._find("OR143", at, "new", message, hint)

    def rings(self) -> list[list[str]]:
        """The slugs of each ring of redirects, from its first in order."""
        trails = [self._trail(start) for start in sorted(self.leads)]
        closed = [trail for trail, again in trails if again == trail[0] and len(trail) > 1]
        return [trail for trail in closed if trail[0] == min(trail)]

    def ring(self, slugs: Sequence[str]) -> Finding:
        """A ring as a finding, at its first slug."""
        message = f"`{slugs[0]}` is redirected to itself: {' → '.join([*slugs, slugs[0]])}"
        return self._find("OR117", self.at[slugs[0]], "new", message, "one of these must be wrong")


CODES: dict[str, str] = {
    "OR141": "A slug that was given up, and redirected, is used again.",
    "OR142": "A slug is redirected twice.",
    "OR143": "A redirect leads to another redirect: it must lead to the record in one step.",
}
