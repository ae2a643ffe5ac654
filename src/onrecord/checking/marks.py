"""Whether a quotation is exactly what is printed between the marks."""

from collections.abc import Iterator

from onrecord.model import Quote

OPENING = "\"'“‘„‚«‹`"
CLOSING = "\"'”’“»›´"


def between_marks(quote: Quote) -> Iterator[tuple[str, str, str]]:
    """Code, message and hint where a quotation seems to be cut in the wrong place; read off its recorded
    context.

    A paragraph may end or start without a mark: quotations of several paragraphs are closed only at the
    last, and some are never closed.
    """
    before, after = (quote.prefix or "\n")[-1], (quote.suffix or "\n")[0]
    starts, ends = before in OPENING + "\n", after in CLOSING + "\n"
    first, last = quote.exact[0], quote.exact[-1]
    if (first in OPENING and not starts) or (last in CLOSING and not ends) or _unmatched(quote.exact):
        hint = "`exact` is what stands between the marks: leave them out, and run `onrecord anchor`"
        yield "OR222", "the quotation includes a quotation mark around it", hint
    elif not (starts and ends):
        side = "before" if not starts else "after"
        character = before if not starts else after
        hint = "quote up to the marks, or describe the words and anchor them as a passage"
        yield "OR221", f"no quotation mark stands {side} the quotation, but {character!r}", hint
    elif first == " " or last == " " or first == "\u00a0" or last == "\u00a0":
        hint = "is that space printed between the marks?"
        yield "OR222", "the quotation starts or ends with a space", hint


def _unmatched(text: str) -> bool:
    """Whether a double mark at either end has no partner inside: then it belongs around the quotation."""
    if text[0] == '"' or text[-1] == '"':
        return text.count('"') % 2 == 1
    pairs = (("“", "”"), ("«", "»"))
    return any(
        (text[0] == opening and text.count(opening) > text.count(closing))
        or (text[-1] == closing and text.count(closing) > text.count(opening))
        for opening, closing in pairs
    )
