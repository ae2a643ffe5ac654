"""`verify`: proves that quotations, positions, hashes, log and published files are as they were recorded."""

from dataclasses import dataclass
from typing import Any

from onrecord import authoring, findings, terms
from onrecord.authoring import corrections
from onrecord.checking import anchors
from onrecord.config import Settings
from onrecord.errors import Unavailable
from onrecord.findings import Finding
from onrecord.resources import ontology_dir
from onrecord.snapshot.folder import open_snapshot, published_folder, verify_snapshot
from onrecord.text import read_captures


@dataclass(frozen=True)
class Proof:
    """What was proved: anchors compared with their capture, anchors proved by hash and seal, files re-hashed.

    `sources` were compared with their full text; `absent` are those whose capture is not at hand.
    `corrections` is how many entries of the log were followed along their chain.
    """

    findings: list[Finding]
    verified: int
    not_verified: int
    sources: tuple[str, ...]
    absent: tuple[str, ...]
    files: int | None = None
    corrections: int = 0

    def as_json(self) -> dict[str, Any]:
        """Plain values; the findings are printed beside them."""
        return {
            "verified": self.verified,
            "not_verified_here": self.not_verified,
            "sources_verified": list(self.sources),
            "sources_not_verified_here": list(self.absent),
            "snapshot_files": self.files,
            "corrections": self.corrections,
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
        if self.corrections:
            entries = "entry" if self.corrections == 1 else "entries"
            said.append(f"{self.corrections} {entries} of the correction log followed")
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
    log, broken = corrections.read_log(settings.data)
    found = [*findings.errors(unread), *unreadable, *proved.findings]
    if not broken:
        found += _against_published(settings, log)
    files = None
    if store:
        files, changed = verify_snapshot(published_folder(settings.snapshot))
        found += changed
    return Proof(
        findings.ordered(found), proved.verified, proved.not_verified, proved.sources, proved.absent, files,
        len(log.entries),
    )  # fmt: skip


def _against_published(settings: Settings, log: corrections.Log) -> list[Finding]:
    """The log against what the published snapshot knows of it, where there is one that can be read."""
    try:
        snapshot = open_snapshot(settings.snapshot)
    except Unavailable:
        return []  # nothing published to compare with; `--store` says what is wrong with a damaged one
    known = snapshot.manifest.corrections
    if not known:
        return []
    return corrections.compare(log, int(known["entries"]), str(known["head"]), "the published snapshot")
