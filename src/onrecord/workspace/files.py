"""What a workspace does with the files of a knowledge base: build, check, correct, verify."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.errors import NoSnapshot
from onrecord.findings import Finding
from onrecord.workspace.snapshot import Opened

if TYPE_CHECKING:
    from onrecord.build import BuildReport, Progress
    from onrecord.model import Correction
    from onrecord.proof import Proof
    from onrecord.upkeep import Anchored

Announce = Callable[[str], None]


class Files(Opened):
    """The files that people write, and the captures that they were read from."""

    def ensure(self, announce: Announce, progress: "Progress | None" = None) -> None:
        """Builds if there is no snapshot yet, saying so; says so too where the data are newer than it."""
        try:
            snapshot = self.snapshot
        except NoSnapshot as none:
            announce(f"{none.message}: building it from {self.settings.data}")
            self.build(progress=progress)
            return
        if self.stale(snapshot):
            announce(
                f"note: {self.settings.data} has changed since the snapshot was built; the answer is from "
                "the snapshot (onrecord build makes a new one)"
            )

    def build(self, *, strict: bool = False, progress: "Progress | None" = None) -> "BuildReport":
        """Files → checked, published snapshot. Raises as `onrecord.build.build`."""
        from onrecord import build

        report = build.build(self.settings, strict=strict, progress=progress)
        self.close()
        return report

    def check(self, *, reason: bool = False, progress: "Progress | None" = None) -> list[Finding]:
        """All checks, publishes nothing; with `reason` the HermiT proof of consistency too."""
        from onrecord import build

        return build.check(self.settings, reason=reason, progress=progress)

    def format_files(self, *, write: bool = True) -> tuple[list[Path], list[Finding]]:
        """Files that are not canonical, rewritten where `write`; findings for those that can't be read."""
        from onrecord import upkeep

        return upkeep.format_files(self.settings.data, write=write)

    def anchor(self, slug: str) -> "Anchored":
        """Fills in the anchors of a source from its capture. Raises as `onrecord.upkeep.anchor_source`."""
        from onrecord import upkeep

        return upkeep.anchor_source(self.settings, slug)

    def correct(self, slug: str, reason: str, date: str) -> "Correction":
        """Logs that a record was corrected. Raises as `onrecord.upkeep.log_correction`."""
        from onrecord import upkeep

        return upkeep.log_correction(self.settings, "correct", slug, reason, date)

    def retract(self, slug: str, reason: str, date: str) -> "Correction":
        """Logs that a record is taken back. Raises as `onrecord.upkeep.log_correction`."""
        from onrecord import upkeep

        return upkeep.log_correction(self.settings, "retract", slug, reason, date)

    def verify(self, *, store: bool = False) -> "Proof":
        """Proves hashes and anchors against the captures at hand; with `store` re-hashes the snapshot."""
        from onrecord import proof

        return proof.verify(self.settings, store=store)

    def capture_text(self, source: str) -> str | None:
        """The full text of a source where the capture is at hand and is the one that was read, else None."""
        from onrecord.text import find_capture, read_capture

        entry = self.snapshot.manifest.sources.get(source)
        path = find_capture(self.settings.captures, entry["file"]) if entry else None
        capture = read_capture(path)[0] if path else None
        return capture.text if capture and entry and capture.sha256 == entry["sha256"] else None
