"""A static page that fetches nothing: the shell around what others embed."""

from html import escape

_STYLE = """\
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 46rem; margin: 0 auto; padding: 1rem; }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


_BEGIN, _END = "<body>\n", "\n</body>"


def page(title: str, body: str, language: str = "en") -> bytes:
    """A whole HTML document, UTF-8. `title` is text, `body` HTML whose values are escaped.

    Its own policy forbids every request, so that a body that names one fetches nothing all the same.
    """
    return f"""\
<!DOCTYPE html>
<html lang="{escape(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>{_STYLE}</style>
</head>
{_BEGIN}{body}{_END}
</html>
""".encode("utf-8", "backslashreplace")


def body_of(content: bytes) -> str:
    """What stands between the `body` tags of such a page: what others put into theirs."""
    return content.decode().partition(_BEGIN)[2].rpartition(_END)[0]
