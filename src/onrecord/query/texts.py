"""What is known of the texts of queries: which were slow, for a minute, and which were quick."""

from onrecord.query.accounts import MANY

_MINUTE_S = 60.0


class Texts:
    """The levels of texts, each by a number that stands for it."""

    def __init__(self) -> None:
        self._slow: dict[int, tuple[float, int]] = {}  # until when a text has which level
        self._quick: dict[int, None] = {}  # those that were quick, the last ones last

    def level(self, key: int, now: float) -> int:
        """The level of a text that was slow; 0 for all others."""
        until, level = self._slow.get(key, (0.0, 0))
        return level if until > now else 0

    def was_quick(self, key: int) -> bool:
        """Whether it was quick the last time."""
        return key in self._quick

    def remember(self, key: int, level: int, now: float) -> None:
        """It was of that level now; above 0 that is known for a minute."""
        self._slow.pop(key, None)
        self._quick.pop(key, None)
        if level == 0:
            self._quick[key] = None
            if len(self._quick) > MANY:
                del self._quick[next(iter(self._quick))]
            return
        self._slow[key] = (now + _MINUTE_S, level)
        if len(self._slow) > MANY:
            del self._slow[next(iter(self._slow))]

    def doubt(self, key: int) -> None:
        """It is not known to be quick any more."""
        self._quick.pop(key, None)
