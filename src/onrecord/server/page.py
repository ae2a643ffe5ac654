"""A small page about one thing, for people without the app: plain HTML, everything escaped, no script."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Triple

from onrecord import terms
from onrecord.server.guard import STYLE

_NAMES = (terms.RDFS + "label", terms.SKOS + "prefLabel")
_FIRST = tuple(
    terms.ONR + name
    for name in (
        "text", "speaker", "namedAs", "namedRole", "mode", "kind", "when", "earliest", "latest", "dateBasis",
        "dateNote", "inPassage", "evidence",
    )
)  # fmt: skip
_FORMATS = (("ttl", "Turtle"), ("jsonld", "JSON-LD"), ("nt", "N-Triples"))
Row = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Page:
    """What a page is about: the thing's path below the base, its document's path without ending, the base,
    the record's title and its hash; of a capture whose text may be given out, where that is.
    """

    thing: str
    document: str
    base: str
    title: str
    dataset_hash: str
    text: str | None = None

    def local(self, iri: str) -> str:
        """The address on this server of an IRI of the record; another IRI as it is."""
        return f"/{iri.removeprefix(self.base)}" if iri.startswith(self.base) else iri


def page_of(page: Page, triples: Sequence[Triple], references: Sequence[Row], facts: int) -> str:
    """The page in HTML.

    references: rows of `property`, `from`, `label`: what refers to the thing, the first of `facts` in all.
    """
    about = _About(page, triples)
    it = page.base + page.thing
    name = about.name(it)
    alternates = "".join(
        f'<link rel="alternate" type="{kind}" href="{escape(page.document)}.{ending}">\n'
        for ending, kind in (
            ("ttl", "text/turtle"), ("jsonld", "application/ld+json"), ("nt", "application/n-triples")
        )
    )  # fmt: skip
    formats = " · ".join(f'<a href="{escape(page.document)}.{end}">{label}</a>' for end, label in _FORMATS)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(name)} – {escape(page.title)}</title>
{alternates}<style>{STYLE}</style>
</head>
<body>
<main>
<h1>{escape(name)}</h1>
<p class="where"><code>{escape(it)}</code></p>
{about.corrections(it)}{_text(page)}<table>
<tbody>
{about.rows(it)}</tbody>
</table>
{_referring(page, references, facts)}</main>
<footer>
<p>{escape(page.title)}. {about.licence()}The same as data: {formats}.</p>
<p>Record <code>{escape(page.dataset_hash[:16])}</code></p>
</footer>
</body>
</html>
"""


class _About:
    """The triples of a page by subject and property."""

    def __init__(self, page: Page, triples: Iterable[Triple]) -> None:
        self.page = page
        self.facts: dict[str, dict[str, list[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(list))
        for triple in triples:
            if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | Literal):
                self.facts[triple.subject.value][triple.predicate.value].append(triple.object)

    def first(self, iri: str, name: str) -> str | None:
        """The first value in order of a property, as text."""
        return min((value.value for value in self.facts.get(iri, {}).get(name, ())), default=None)

    def name(self, iri: str) -> str:
        """What people call it, else the end of its IRI."""
        for name in _NAMES:
            found = self.first(iri, name)
            if found is not None:
                return found
        return iri.removeprefix(self.page.base).removeprefix("id/")

    def corrections(self, iri: str) -> str:
        """What the correction log says of it, before anything that may no longer hold."""
        told = []
        for name, done in (("retractedBy", "Retracted"), ("correctedBy", "Corrected")):
            for entry in sorted(self.facts[iri].get(terms.ONR + name, ()), key=str):
                when, reason = (self.first(entry.value, terms.ONR + each) for each in ("when", "reason"))
                link = _link(self.page.local(entry.value), "entry of the correction log")
                said = f"{escape(when or 'at a date not known')}: {escape(reason or 'no reason is known')}"
                told.append(f"<p><strong>{done}</strong>, {said} ({link})</p>\n")
        return "".join(told)

    def rows(self, iri: str) -> str:
        """A table row a property, those that readers want first at the top."""
        order = {name: place for place, name in enumerate(_FIRST)}
        properties = sorted(self.facts[iri], key=lambda name: (order.get(name, len(order)), name))
        lines = []
        for name in properties:
            values = [self.value(value) for value in sorted(self.facts[iri][name], key=str)]
            lines.append(
                f"<tr><th>{escape(self.heading(iri, name))}</th><td>{'<br>'.join(values)}</td></tr>\n"
            )
        return "".join(lines)

    def heading(self, iri: str, name: str) -> str:
        """What a row is called; of a statement's text, whose words it is."""
        words = _words(name)
        types = {each.value for each in self.facts[iri].get(terms.RDF + "type", ())}
        if name == terms.ONR + "text" and terms.ONR + "Paraphrase" in types:
            return f"{words} (our description, not the speaker's words)"
        if name == terms.ONR + "text" and terms.ONR + "Quotation" in types:
            return f"{words} (as printed)"
        return words

    def value(self, value: NamedNode | Literal) -> str:
        """A value: words as they are, a passage with its words and place, another thing as a link."""
        if isinstance(value, Literal):
            language = f' lang="{escape(value.language)}"' if value.language else ""
            return f"<span{language}>{escape(value.value)}</span>"
        link = _link(self.page.local(value.value), self.name(value.value))
        return link + self.passage(value.value)

    def passage(self, iri: str) -> str:
        """The words of a passage and where they stand, empty for anything else."""
        selectors = [each.value for each in self.facts.get(iri, {}).get(terms.OA + "hasSelector", ())]
        words = [text for each in selectors if (text := self.first(each, terms.OA + "exact")) is not None]
        places = [
            (start, self.first(each, terms.OA + "end"))
            for each in selectors
            if (start := self.first(each, terms.OA + "start")) is not None
        ]
        quoted = "".join(f"<blockquote>{escape(text)}</blockquote>" for text in words)
        told = "".join(f'<span class="where"> code points {start} to {end}</span>' for start, end in places)
        return quoted + told

    def licence(self) -> str:
        """The terms under which the record may be used, as a sentence; empty where none is stated."""
        found = self.first(f"{self.page.base}{self.page.document[1:]}", terms.DCT + "license")
        if found is None:
            return ""
        return f"Licence: {_link(found, found) if found.startswith('http') else escape(found)}. "


def _text(page: Page) -> str:
    """Where the text of a capture is that may be given out."""
    return f"<p>{_link(page.text, 'The whole text, as it was read')}.</p>\n" if page.text else ""


def _referring(page: Page, references: Sequence[Row], facts: int) -> str:
    if not references:
        return ""
    items = []
    for row in references:
        iri = row["from"]["value"]
        name = row["label"]["value"] if "label" in row else iri.removeprefix(page.base)
        link = _link(page.local(iri), name) if row["from"]["type"] == "uri" else escape(name)
        items.append(
            f"<li>{link} <span class='where'>({escape(_words(row['property']['value']))})</span></li>\n"
        )
    shown = "" if facts <= len(items) else f", the first {len(items)} of them below"
    noun = "fact refers" if facts == 1 else "facts refer"
    return f"<h2>What refers to it</h2>\n<p>{facts} {noun} to it{shown}.</p>\n<ul>\n{''.join(items)}</ul>\n"


def _link(address: str, name: str) -> str:
    """A link where the address is one of the web or of this server, else the name alone."""
    if not address.startswith(("https://", "http://", "/")):
        return escape(name)
    safe = quote(address, safe="/:?#[]@!$&'()*+,;=%~")
    return f'<a href="{escape(safe)}">{escape(name)}</a>'


def _words(iri: str) -> str:
    """The end of a property's IRI as words: `dateBasis` → `date basis`."""
    name = re.split(r"[#/]", iri)[-1]
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).lower()
