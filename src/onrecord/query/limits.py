"""The published limits: one table of what a query may cost, and where each limit is set."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from dataclasses import field as _field

from onrecord.errors import ConfigurationError


@dataclass(frozen=True, slots=True)
class Limit:
    """One line of the table: name, value that holds unless set, unit, meaning and largest value taken."""

    name: str
    default: int
    unit: str
    meaning: str
    most: int = 1_000_000

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return f"ONRECORD_{self.name.upper()}"


TABLE = (
    Limit("query_length_kib", 64, "KiB", "longest query text, in UTF-8"),
    Limit("depth", 100, "levels", "deepest nesting of brackets and of prefixed operators in a query"),
    Limit("time_limit_s", 10, "s", "longest time from arrival to the whole answer, waiting included"),
    Limit("memory_limit_mb", 448, "MB", "most memory that answering one query may take"),
    Limit("result_limit_mb", 32, "MB", "largest answer, in the form that is asked for"),
    Limit("spool_limit_mb", 512, "MB", "large answers on their way at the same time, in temporary files"),
    Limit(
        "workers",
        3,
        "processes",
        "queries answered at the same time; beside the app, one is kept free for it",
    ),
    Limit("queue", 64, "requests", "most requests that wait for a worker; the next is told to come back"),
    Limit("client_budget_s", 20, "s", "processing a minute; beyond it a client yields to others that wait"),
)
"""Every limit that is published by `onrecord limits`; names are those of `Limits`."""

_DEFAULTS = {limit.name: limit.default for limit in TABLE}


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits in force; each is a whole number above 0 in the unit of `TABLE`."""

    query_length_kib: int = _field(default=_DEFAULTS["query_length_kib"])
    depth: int = _field(default=_DEFAULTS["depth"])
    time_limit_s: int = _field(default=_DEFAULTS["time_limit_s"])
    memory_limit_mb: int = _field(default=_DEFAULTS["memory_limit_mb"])
    result_limit_mb: int = _field(default=_DEFAULTS["result_limit_mb"])
    spool_limit_mb: int = _field(default=_DEFAULTS["spool_limit_mb"])
    workers: int = _field(default=_DEFAULTS["workers"])
    queue: int = _field(default=_DEFAULTS["queue"])
    client_budget_s: int = _field(default=_DEFAULTS["client_budget_s"])

    def as_json(self) -> dict[str, int]:
        """The published form: the names of the table with the values in force."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    def rows(self) -> list[dict[str, str | int]]:
        """The table for people: limit, value in force, unit, meaning and the variable that sets it."""
        return [
            {
                "limit": limit.name,
                "value": getattr(self, limit.name),
                "unit": limit.unit,
                "meaning": limit.meaning,
                "variable": limit.variable,
            }
            for limit in TABLE
        ]

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Limits":
        """The limits with what `environment` sets (`ONRECORD_TIME_LIMIT_S=30`, …).

        Raises ConfigurationError for a value that is not a whole number from 1 to the largest that is taken.
        """
        values: dict[str, int] = {}
        for limit in TABLE:
            text = environment.get(limit.variable)
            if text is None:
                continue
            if not _fits(text, limit.most):
                shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
                raise ConfigurationError(
                    f"{limit.variable} is {shown!r}; expected a whole number of {limit.unit} above 0, "
                    f"{limit.most} at most",
                    hint=f"the default is {limit.default} ({limit.meaning})",
                )
            values[limit.name] = int(text)
        return cls(**values)


_SHOWN = 40  # characters of a wrong value


def _fits(text: str, most: int) -> bool:
    """Whether `text` is a whole number from 1 to `most`; its digits are counted before they are read."""
    if not (text.isascii() and text.isdigit()):
        return False
    digits = text.lstrip("0")
    return 0 < len(digits) <= len(str(most)) and int(digits) <= most
