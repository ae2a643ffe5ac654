"""Writes where an address leads whose slug was given up, in a graph of its own."""

from onrecord import terms
from onrecord.graph.scribe import Scribe
from onrecord.model import Register


def write_redirects(scribe: Scribe, register: Register) -> None:
    """From each old IRI to that of today. The old one has no class: it names no second thing."""
    for moved in register.redirects:
        old = scribe.names.of(moved.noun, moved.old)
        scribe.write(old, terms.DCT + "isReplacedBy", scribe.names.entity(moved.new))
