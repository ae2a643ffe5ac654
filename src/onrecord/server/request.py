"""What a client sent: parameters and bodies, read strictly and within limits."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

import anyio
from starlette.requests import Request

from onrecord.errors import UsageError
from onrecord.server.faults import RequestTimeout, RequestTooLarge, UnsupportedMediaType

MOST_PARAMETERS = 200
_MOST_ROWS = 1_000_000_000
Pairs = list[tuple[str, str]]


def pairs(encoded: bytes, where: str = "the address") -> Pairs:
    """Names and values of `application/x-www-form-urlencoded`, in order.

    Raises UsageError for what is not UTF-8 and for more than MOST_PARAMETERS.
    """
    try:
        return parse_qsl(
            encoded.decode("ascii"),
            keep_blank_values=True,
            encoding="utf-8",
            errors="strict",
            max_num_fields=MOST_PARAMETERS,
        )
    except UnicodeDecodeError:
        raise UsageError(
            f"the parameters in {where} are not percent-encoded UTF-8",
            hint="encode them as UTF-8, then percent-encode what is not ASCII",
        ) from None
    except ValueError:
        raise UsageError(
            f"more than {MOST_PARAMETERS} parameters in {where}", hint="a parameter takes one value"
        ) from None


def address_pairs(request: Request) -> Pairs:
    """The parameters in the request's address."""
    return pairs(request.scope["query_string"])


def single(given: Pairs) -> dict[str, str]:
    """Each parameter with its value. Raises UsageError where one is given twice."""
    found: dict[str, str] = {}
    for name, value in given:
        if name in found:
            raise UsageError(f"'{name}' is given twice", hint="a parameter takes one value")
        found[name] = value
    return found


def whole_number(given: Mapping[str, str], name: str, otherwise: int) -> int:
    """A whole number from 0. Raises UsageError."""
    text = given.get(name)
    if text is None:
        return otherwise
    if not (text.isascii() and text.isdigit() and len(text) < 12 and int(text) <= _MOST_ROWS):
        raise UsageError(f"'{name}' is {text!r}; expected a whole number from 0", hint=f"{name}=20")
    return int(text)


def media_type(request: Request) -> str:
    """The kind of the request's body, in lower case, empty where it says none.

    Raises UnsupportedMediaType for another encoding than UTF-8, in characters or in bytes.
    """
    kind, *parameters = request.headers.get("content-type", "").split(";")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset" and value.strip().strip('"').lower() not in ("utf-8", "utf8"):
            raise UnsupportedMediaType(f"the body says charset={value.strip()}", hint="send UTF-8")
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding != "identity":
        raise UnsupportedMediaType(f"the body is encoded as {encoding}", hint="send it as it is")
    return kind.strip().lower()


async def body(request: Request, most: int, seconds: float) -> bytes:
    """The request's body of at most `most` bytes, arriving within `seconds`.

    Raises RequestTooLarge, RequestTimeout, and ClientDisconnect where the client goes away in the middle.
    """
    parts: list[bytes] = []
    size = 0
    try:
        with anyio.fail_after(seconds):
            async for part in request.stream():
                size += len(part)
                if size > most:
                    raise RequestTooLarge(
                        f"the request is larger than {most} bytes",
                        hint="split the query; /limits lists the limits",
                    )
                parts.append(part)
    except TimeoutError:
        raise RequestTimeout(f"the request did not arrive within {seconds:g} s") from None
    return b"".join(parts)


def text(content: bytes) -> str:
    """A body as text. Raises UsageError where it is not UTF-8."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"the body is not UTF-8 (byte {error.start})", hint="send UTF-8") from None
