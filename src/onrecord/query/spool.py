"""Large answers on their way to clients: in files without a name, as many bytes as were agreed."""

import os
import tempfile
import threading
from types import TracebackType

from onrecord.errors import Busy

_CHUNK = 1 << 20


class Spools:
    """Room for `most` bytes of answers that were taken from workers and not yet sent. Safe for threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self.used = 0

    def copy(self, source: int, length: int) -> "Spooled":
        """The first `length` bytes of a descriptor in a file of their own.

        Raises Busy where there is no room, EOFError where there are fewer bytes, OSError where the disk is
        full.
        """
        with self._lock:
            if self.used + length > self._most:
                raise Busy(
                    "too many large answers are being sent already",
                    retry_after=5,
                    hint="try again in 5 s, or ask for less",
                )
            self.used += length
        return Spooled(self, source, length)

    def release(self, length: int) -> None:
        """Room for as many bytes more."""
        with self._lock:
            self.used -= length


class Spooled:
    """One answer in a file; whoever holds it closes it."""

    def __init__(self, spools: Spools, source: int, length: int) -> None:
        self._spools = spools
        self._length = length
        self._open = True
        try:
            self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115  lives as long as the answer
        except BaseException:
            self._open = False
            spools.release(length)
            raise
        try:
            self._fill(source)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> "Spooled":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __del__(self) -> None:
        self.close()

    def read(self, size: int) -> bytes:
        """The next bytes, none at the end."""
        return self._file.read(size)

    def rewind(self) -> None:
        """Read from the beginning again."""
        self._file.seek(0)

    def close(self) -> None:
        """Let go of the file; harmless the second time."""
        if self._open:
            self._open = False
            self._file.close()
            self._spools.release(self._length)

    def _fill(self, source: int) -> None:
        done = 0
        while done < self._length:
            part = os.pread(source, min(_CHUNK, self._length - done), done)
            if not part:
                raise EOFError
            done += self._file.write(part)
        self._file.seek(0)
