"""What each client has used of the workers: seconds that fade over a minute, and whose turn was when."""

import math
from collections.abc import Collection
from dataclasses import dataclass

_MINUTE_S = 60.0
MANY = 1000
"""Accounts, and texts, beyond which those that say nothing any more are dropped."""


@dataclass(slots=True)
class _Account:
    """Seconds that a client has used, as of the time `at`, and the number of its last turn."""

    used: float = 0.0
    at: float = 0.0
    turn: int = 0


class Accounts:
    """One for each client that asked lately; None is the app."""

    def __init__(self) -> None:
        self._accounts: dict[str | None, _Account] = {}

    def __len__(self) -> int:
        return len(self._accounts)

    def used(self, client: str | None, now: float) -> float:
        """Seconds of processing, those of a minute ago counting for a third (e⁻¹)."""
        account = self._accounts.get(client)
        return 0.0 if account is None else account.used * math.exp((account.at - now) / _MINUTE_S)

    def charge(self, client: str | None, seconds: float, now: float) -> None:
        """The client has used so much more."""
        used = self.used(client, now) + seconds
        account = self._account(client)
        account.used, account.at = used, now

    def turn(self, client: str | None) -> int:
        """The number of its last turn; 0 before the first."""
        account = self._accounts.get(client)
        return 0 if account is None else account.turn

    def has_turn(self, client: str | None, number: int) -> None:
        """It has the turn of that number."""
        self._account(client).turn = number

    def forget(self, present: Collection[str | None], now: float) -> None:
        """Drop those who have long been idle, once there are many."""
        if len(self._accounts) > MANY:
            self._accounts = {
                client: account
                for client, account in self._accounts.items()
                if client in present or self.used(client, now) > 0.001
            }

    def _account(self, client: str | None) -> _Account:
        account = self._accounts.get(client)
        if account is None:
            account = self._accounts[client] = _Account()
        return account
