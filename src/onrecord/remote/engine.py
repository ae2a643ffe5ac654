"""SPARQL 1.1 Protocol as a client: a query with its dataset in, the body of a whole answer out.

Source: SPARQL 1.1 Protocol (W3C, 2013), 2.1. What is said of single engines was seen there; the table is in
docs/scaling.md.
"""

import re
import time
from collections.abc import Sequence
from urllib.parse import urlencode

from pyoxigraph import Triple

from onrecord import resources
from onrecord.endpoint import Endpoint
from onrecord.errors import Busy, LimitExceeded, OnRecordError, QueryRefused, Unavailable
from onrecord.remote import answer
from onrecord.remote.exchange import Exchange, Message, Patience, Reply, TooLarge, shown
from onrecord.remote.publication import ANSWERS, NOTHING, PUBLICATION, UNION, Publication

_FORM = "application/x-www-form-urlencoded"
_MEGABYTE = 1024 * 1024
_STOPPED = re.compile(
    r"timed? ?out|execution time .*exceeds|has been cancell?ed|time ?limit|incomplete results", re.IGNORECASE
)
_CUT_MARK = b"The SPARQL operation has been cancelled"  # Oxigraph ends the body of a stopped query so
_LONGEST_WAIT_S = 60


class Engine:
    """A remote engine as it answers queries. Safe for several threads.

    seconds, megabytes: the published limits on time and on the size of an answer.
    """

    def __init__(self, endpoint: Endpoint, *, seconds: int, megabytes: int) -> None:
        self.endpoint = endpoint
        self._seconds = seconds
        self._megabytes = megabytes
        self._exchange = Exchange(endpoint)

    def close(self) -> None:
        """Close the connections; requests under way fail."""
        self._exchange.close()

    def ask(
        self,
        text: str,
        accept: str,
        *,
        base: str,
        default: Sequence[str],
        named: Sequence[str] = (),
        deadline: float,
        patience: Patience | None = None,
    ) -> Reply:
        """The answer in the media type `accept`, with status 200.

        base: what relative IRIs resolve against. default, named: graphs, each at least one where the query
        reads any. Raises LimitExceeded, Busy, QueryRefused, Unavailable, and what `patience` raises.
        """
        form = [("query", f"BASE <{base}>\n{text}")]
        form += [("default-graph-uri", graph) for graph in default]
        form += [("named-graph-uri", graph) for graph in named]
        headers = {"Accept": accept, "Content-Type": _FORM}
        message = Message("POST", self.endpoint.url, headers, urlencode(form).encode())
        try:
            reply = self._exchange.send(
                message, deadline=deadline, most=self._megabytes * _MEGABYTE, patience=patience
            )
        except TimeoutError:
            raise self._late(f"no answer within {self._seconds} s") from None
        except TooLarge:
            message_ = f"the answer is larger than {self._megabytes} MB"
            raise LimitExceeded(message_, limit="result_limit_mb", hint=_LESS) from None
        if reply.status != 200:
            raise self._refusal(reply)
        self._check(reply, accept)
        return reply

    def publication(
        self, base: str, *, deadline: float, patience: Patience | None = None
    ) -> Publication | None:
        """The record that is published there; None where there is none, or not a whole one."""
        text = query_text("publication")
        reply = self.ask(
            text, answer.JSON, base=base, default=[base + PUBLICATION], deadline=deadline, patience=patience
        )
        rows = answer.bindings(reply.body, ("hash", "mark", "use", "graph", "triples"))
        try:
            told = {(row["hash"]["value"], row["mark"]["value"], row["use"]["value"]) for row in rows}
            sizes = {row["graph"]["value"]: int(row["triples"]["value"]) for row in rows}
        except (KeyError, ValueError):
            raise answer.Unreadable(f"what {self.endpoint} says of its record can't be read") from None
        if len(told) != 1 or base + UNION not in sizes:
            return None
        [(dataset_hash, mark, use)] = told
        return Publication(dataset_hash, mark, sizes, use == ANSWERS)

    def rows(self, graph: str, *, base: str, deadline: float) -> list[Triple]:
        """Every triple of a graph, in no order."""
        reply = self.ask(query_text("rows"), answer.JSON, base=base, default=[graph], deadline=deadline)
        found = answer.bindings(reply.body, ("subject", "predicate", "object"))
        try:
            return [answer.triple(row["subject"], row["predicate"], row["object"]) for row in found]
        except (KeyError, ValueError):
            raise answer.Unreadable(f"{self.endpoint} gives triples that are none") from None

    def sizes(
        self, graphs: Sequence[str], *, base: str, deadline: float, patience: Patience | None = None
    ) -> dict[str, int]:
        """How many triples each of the graphs holds that are there."""
        reply = self.ask(
            query_text("sizes"), answer.JSON, base=base, default=[base + NOTHING], named=graphs,
            deadline=deadline, patience=patience,
        )  # fmt: skip
        rows = answer.bindings(reply.body, ("graph", "triples"))
        try:
            return {row["graph"]["value"]: int(row["triples"]["value"]) for row in rows}
        except (KeyError, ValueError):
            raise answer.Unreadable(f"{self.endpoint} gives no number of triples") from None

    def size(self, graph: str, *, base: str, deadline: float) -> int:
        """How many triples a graph holds."""
        reply = self.ask(query_text("size"), answer.JSON, base=base, default=[graph], deadline=deadline)
        try:
            [row] = answer.bindings(reply.body, ("triples",))
            return int(row["triples"]["value"])
        except (KeyError, ValueError):
            raise answer.Unreadable(f"{self.endpoint} gives no number of triples") from None

    def _check(self, reply: Reply, accept: str) -> None:
        """What a whole answer may not say of itself. Raises Unreadable, LimitExceeded."""
        if reply.headers.get("X-SPARQL-MaxRows"):  # Virtuoso cuts an answer so, with status 200
            rows = shown(reply.headers["X-SPARQL-MaxRows"], 20)
            hint = "take ResultSetMaxRows out of virtuoso.ini, or raise it; nothing of the answer was used"
            message = f"{self.endpoint} cuts answers at {rows} rows"
            raise LimitExceeded(message, limit="result_limit_mb", hint=hint)
        if reply.headers.get("X-SQL-State"):  # …and so one that it stopped
            raise self._late(f"{self.endpoint} stopped: {shown(reply.headers.get('X-SQL-Message', ''), 120)}")
        if reply.body.endswith(_CUT_MARK):
            raise self._late(f"{self.endpoint} stopped the query: its own time limit is shorter")
        if reply.kind != accept:
            said = f"'{shown(reply.kind, 60)}'" if reply.kind else "no media type"
            raise answer.Unreadable(
                f"{self.endpoint} answers with {said}, not with {accept}", hint=_NO_ENDPOINT
            )

    def _refusal(self, reply: Reply) -> OnRecordError:
        """What a status other than 200 means. The engine's own words are quoted, a line of them."""
        words = _first_line(reply)
        said = f": {words}" if words else ""
        status, place = reply.status, self.endpoint
        if 300 <= status < 400:
            to = shown(reply.headers.get("Location", "another address"))
            return Unavailable(
                f"{place} redirects to {to}", hint="redirects are not followed: name the address"
            )
        if status in (401, 403):
            given = (
                "refuses the name and password" if place.user is not None else "asks for name and password"
            )
            return Unavailable(f"{place} {given} ({status})", hint="ONRECORD_ENDPOINT_AUTH=name:password")
        if status in (404, 405, 406, 410):
            return Unavailable(f"{place} is no SPARQL endpoint (status {status}){said}", hint=_NO_ENDPOINT)
        if status in (408, 504) or (status >= 500 and _STOPPED.search(words)):
            return self._late(f"{place} stopped the query{said}")
        if status in (429, 503):
            seconds = _seconds(reply.headers.get("Retry-After", ""))
            message = f"{place} has no room for the query (status {status}){said}"
            return Busy(message, retry_after=seconds, hint=f"try again in {seconds} s")
        if status in (400, 413, 414, 422):
            hint = "the query is SPARQL 1.1 and this engine can't run it; write it in another way"
            return QueryRefused(f"{place} refuses the query (status {status}){said}", hint=hint)
        return Unavailable(f"{place} could not answer (status {status}){said}", hint="try again")

    def _late(self, message: str) -> LimitExceeded:
        return LimitExceeded(message, limit="time_limit_s", hint=_LESS)


_LESS = "ask for less: narrower patterns, fewer columns, LIMIT; `onrecord limits` lists the limits"
_NO_ENDPOINT = "is it the address of queries? Oxigraph answers at /query, Virtuoso and others at /sparql"


def query_text(name: str) -> str:
    """One of the queries of `ontology/remote/`."""
    return (resources.ontology_dir() / "remote" / f"{name}.rq").read_text(encoding="utf-8")


def deadline_in(seconds: float) -> float:
    """A time of `time.monotonic()`."""
    return time.monotonic() + seconds


def _first_line(reply: Reply) -> str:
    """The first line of plain words; pages and objects say little in theirs."""
    if reply.kind != "text/plain":
        return ""
    lines = reply.body.decode("utf-8", "replace").strip().splitlines()
    return shown(lines[0]) if lines else ""


def _seconds(text: str) -> int:
    return min(max(int(text), 1), _LONGEST_WAIT_S) if text.isascii() and text.isdigit() else 1
