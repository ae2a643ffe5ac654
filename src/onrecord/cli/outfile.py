"""The file that an option names to write to: a file, or nothing yet."""

import stat
from pathlib import Path

from onrecord.errors import UsageError

_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def out_file(option: str, name: str, hint: str | None = None) -> Path:
    """The file that `option` names: one that is replaced, or a place where none is yet.

    A link to a file stands for that file, which is written in its stead. Nothing is opened here.

    Raises:
        UsageError: no name, or something there that is no file (folder, pipe, device, link to nothing).
    """
    if not name:
        raise UsageError(f"{option} names no file", hint=hint)
    path = Path(name)
    _require_file(option, path, hint)
    return path.resolve() if path.is_symlink() else path


def beside(option: str, path: Path, suffix: str) -> Path:
    """The file beside `path` that has `suffix` after its name; raises as `out_file`."""
    other = path.with_name(path.name + suffix)
    _require_file(option, other, None)
    return other


def _require_file(option: str, path: Path, hint: str | None) -> None:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        if path.is_symlink():
            raise UsageError(
                f"{path} is not a file but a link to nothing", hint=f"name another file with {option}"
            ) from None
        return
    except OSError as error:
        raise UsageError(
            f"{path}: can't be written: {error.strerror}", hint=f"name another file with {option}"
        ) from None
    if stat.S_ISREG(mode):
        return
    kind = next((kind for is_kind, kind in _KINDS if is_kind(mode)), "something else")
    raise UsageError(f"{path} is not a file but {kind}", hint=hint or f"name another file with {option}")
