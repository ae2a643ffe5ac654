"""onrecord: the public record of a policy as a graph that anyone can read, question and check.

The package is a stack of floors; a module imports from lower floors only. `onrecord.workspace` is the
facade for programs, `onrecord.cli` the command line. Importing this package imports nothing heavy.
"""

from importlib import metadata

__all__ = ["__version__"]

__version__: str = metadata.version("onrecord")
