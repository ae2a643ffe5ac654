"""What can be wrong with a date, and where."""


class EdtfError(ValueError):
    """A text that is no date of EDTF levels 0 to 2, or one that no calendar holds.

    `column` counts code points from 1 and points at the part at fault; `suggestion` is another text that *is*
    valid and claims no more than the author wrote, or None where that would mean guessing.
    """

    def __init__(self, text: str, column: int, message: str, suggestion: str | None = None) -> None:
        self.text = text
        self.column = column
        self.message = message
        self.suggestion = suggestion
        shown = text if len(text) <= 60 else text[:57] + "…"
        hint = f" (did you mean {suggestion!r}?)" if suggestion is not None else ""
        super().__init__(f"{shown!r} is no EDTF date, column {column}: {message}{hint}")

    def __reduce__(self) -> tuple[type["EdtfError"], tuple[str, int, str, str | None]]:
        return type(self), (self.text, self.column, self.message, self.suggestion)


class Fault(Exception):
    """A fault at a 0-based offset, raised inside the reader; `parse` turns it into an `EdtfError`."""

    def __init__(self, offset: int, message: str, suggestion: str | None = None) -> None:
        super().__init__(message)
        self.offset = offset
        self.message = message
        self.suggestion = suggestion
