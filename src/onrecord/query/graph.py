"""The answer of CONSTRUCT and DESCRIBE in its written forms: the same triples, the same bytes.

Workers load this file by its path: it imports nothing of ours.
"""

from collections.abc import Iterable, Mapping

import pyoxigraph


def written(format_name: str, lines: Iterable[bytes], prefixes: Mapping[str, str]) -> bytes:
    """Triples as `turtle`, `jsonld`, `ntriples` or `text`, in the order of their lines.

    lines: N-Triples, in any order. prefixes: of these, those that occur are used.
    """
    ordered = b"".join(sorted(lines))
    if format_name in ("ntriples", "text"):
        return ordered
    triples = pyoxigraph.parse(ordered, format=pyoxigraph.RdfFormat.N_TRIPLES)
    writer = {"turtle": pyoxigraph.RdfFormat.TURTLE, "jsonld": pyoxigraph.RdfFormat.JSON_LD}[format_name]
    used = {name: iri for name, iri in prefixes.items() if iri.encode() in ordered}
    text = pyoxigraph.serialize((quad.triple for quad in triples), format=writer, prefixes=used)
    assert text is not None  # noqa: S101  no file was given, so the bytes come back
    return text
