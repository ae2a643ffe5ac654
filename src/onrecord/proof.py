"""`verify`: proves that quotations, positions, hashes and the published files are as they were recorded."""

from dataclasses import dataclass
from typing import Any

from onrecord import authoring, findings, terms
from onrecord.checking import anchors
from onrecord.config import Settings
from onrecord.findings import Finding
from onrecord.resources import ontology_dir
from onrecord.snapshot.folder import published_folder, verify_snapshot
from onrecord.text import read_captures


@dataclass(frozen=True)
class Proof:
    """What was proved: anchors compared with their capture, anchors proved by hash and seal, files re-hashed.

    `sources` were compared with their full text; `absent` are those whose capture is not at hand.
    """

    findings: list[Finding]
    verified: int
    not_verified: int
    sources: tuple[str, ...]
    absent: tuple[str, ...]
    files: int | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain values; the findings are printed beside them."""
        return {
            "verified": self.verified,
            "not_verified_here": self.not_verified,
            "sources_verified": list(self.sources),
            "sources_not_verified_here": list(self.absent),
            "snapshot_files": self.files,
        }

    def lines(self) -> list[str]:
        """The result in words, one line a fact."""
        wrong = len(findings.errors(self.findings))
        said = [f"{self.verified} anchors of {len(self.sources)} sources compared with the full text"]
        if self.absent:
            said.append(
                f"not verified here: {', '.join(self.absent)} "
                f"({self.not_verified} anchors proved by hash and seal only; --captures names the full texts)"
            )
        if self.files is not None:
            said.append(f"{self.files} files of the snapshot re-hashed")
        said.append("nothing was altered" if wrong == 0 else f"{wrong} alterations or errors, named above")
        return said


def verify(settings: Settings, *, store: bool = False) -> Proof:
    """Reads the files and the captures at hand and compares; with `store` re-hashes the published snapshot.

    Raises:
        NoSnapshot, StorageError: with `store`, where there is no snapshot or its folder is gone.
    """
    register, unread = authoring.read(settings.data, terms.load_kinds(ontology_dir()))
    captures, unreadable = read_captures(settings.captures, register.sources)
    proved = anchors.verify(register, captures)
    found = [*findings.errors(unread), *unreadable, *proved.findings]
    files = None
    if store:
        files, changed = verify_snapshot(published_folder(settings.snapshot))
        found += changed
    return Proof(
        findings.ordered(found), proved.verified, proved.not_verified, proved.sources, proved.absent, files
    )
