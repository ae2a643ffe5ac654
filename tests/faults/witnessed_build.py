"""Runs `onrecord WORDS…` and writes down every flush, rename and link; kills itself before one of them.

    python witnessed_build.py LOG NUMBER WORDS…

LOG gets a line a call: `fsync PATH`, `rename FROM TO`, `symlink TARGET PATH`, each name in JSON. Before call
NUMBER (from 1; 0 for none) the process sends itself SIGKILL, which nothing can catch.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any


def witness(log: Path, last: int) -> None:
    """Puts the witness in front of the system's calls."""
    stream = log.open("a", encoding="utf-8", buffering=1)
    count = 0

    def watched(name: str, told: Callable[..., list[str]]) -> Callable[..., Any]:
        call = getattr(os, name)

        def told_first(*words: Any, **more: Any) -> Any:
            nonlocal count
            count += 1
            if count == last:
                os.kill(os.getpid(), signal.SIGKILL)
            stream.write(json.dumps([name, *told(*words)]) + "\n")
            return call(*words, **more)

        return told_first

    os.fsync = watched("fsync", lambda descriptor: [str(Path(f"/proc/self/fd/{descriptor}").readlink())])
    os.rename = watched("rename", lambda old, new, **_: [os.fspath(old), os.fspath(new)])
    os.replace = watched("replace", lambda old, new, **_: [os.fspath(old), os.fspath(new)])
    os.symlink = watched("symlink", lambda target, path, *_: [os.fspath(target), os.fspath(path)])


if __name__ == "__main__":
    witness(Path(sys.argv[1]), int(sys.argv[2]))
    from onrecord.cli import run

    sys.exit(run(sys.argv[3:]))
