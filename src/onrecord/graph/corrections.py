"""Writes the correction log: what was corrected or retracted, when and why, in a graph of its own."""

from pyoxigraph import Literal

from onrecord.graph.scribe import Scribe
from onrecord.model import Correction, Dating, Register
from onrecord.model.correction import wording


def write_corrections(scribe: Scribe, register: Register) -> None:
    """One entity an entry, and from each record to the entries about it."""
    labels = register.labels()
    for entry in register.corrections:
        _entry(scribe, entry, labels[register.current(entry.slug)])


def _entry(scribe: Scribe, entry: Correction, label: str) -> None:
    node = scribe.thing("correction", entry.id, "Correction", f"{label}: {wording(entry.kind)}")
    scribe.integer(node, "number", entry.number)
    scribe.concept(node, "kind", "correction", entry.kind)
    scribe.dated(node, Dating(when=entry.date, basis="stated", note="the date of the entry in the log"))
    scribe.write(node, "reason", Literal(entry.reason, language="en"))
    scribe.text(node, "sha256", entry.hash)
    scribe.text(node, "sha256Before", entry.before)
    scribe.text(node, "sha256After", entry.after)
    record = scribe.names.entity(scribe.names.register.current(entry.slug))
    scribe.write(record, "retractedBy" if entry.kind == "retract" else "correctedBy", node)
