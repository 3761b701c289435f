"""Keeps the tokens of the account that is logged in, and replaces them: soon before they end, and when the server refuses them.

One thread replaces them, and those that wait for it take what came of it (single flight): a refresh token is good once, and shown twice
it would look stolen to the server. New tokens are kept before they are used.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable
from typing import Final, Protocol

from powerstream_desktop.cloud.backend.account import Account
from powerstream_desktop.cloud.backend.backend_troubles import BackendCode, BackendTrouble
from powerstream_desktop.cloud.backend.tokens import Tokens, life_of
from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.common.secrets import Secret

AGAIN_S: Final = 30.0
"""After an early replacement that failed: the token is still good, so nobody hurries."""

logger = logging.getLogger(__name__)


class TokenPlace(Protocol):
    """Where tokens are kept: the keyring. For any thread."""

    def keep(self, tokens: Tokens) -> None:
        """Keep them in the place of those of the same account.

        Raises:
            BackendTrouble: another account is kept there by now, and stays.
            SystemFault: they cannot be kept.
        """
        ...


Refresh = Callable[[Account, Secret], Tokens]
"""Asks the server for a new pair; BackendTrouble if it gives none."""


class TokenKeeper:
    """For any thread.

    Args:
        place: where they are kept.
        refresh: asks the server.
        wall_clock: Unix seconds.
        rng: source of randomness.
    """

    def __init__(
        self,
        place: TokenPlace,
        refresh: Refresh,
        *,
        wall_clock: Callable[[], float] = time.time,
        rng: random.Random | None = None,
    ) -> None:
        self._place = place
        self._refresh = refresh
        self._wall_clock = wall_clock
        self._rng = random.Random() if rng is None else rng
        self._lock = threading.Lock()  # for what follows
        self._refreshing = threading.Lock()  # held by who asks the server
        self._tokens: Tokens | None = None
        self._refreshed_at_s: float | None = None
        self._skew_s = 0.0

    @property
    def account(self) -> Account | None:
        """Who is logged in."""
        with self._lock:
            return None if self._tokens is None else self._tokens.account

    def log_in(self, tokens: Tokens) -> None:
        """Use these tokens, which are kept already."""
        with self._lock:
            self._use(tokens)

    def log_out(self) -> None:
        """Use none any more. What is on its way for the account comes to nothing."""
        with self._lock:
            self._tokens = None
            self._refreshed_at_s = None

    @property
    def skew_s(self) -> float:
        """How far the server's clock is ahead, by its last answer; 0 before the first."""
        with self._lock:
            return self._skew_s

    def saw_date(self, server_s: float) -> None:
        """Take note of the server's clock, Unix seconds."""
        with self._lock:
            self._skew_s = server_s - self._wall_clock()

    def token(self, account: Account) -> Secret:
        """Return the token to show for an account; raises as ``required``."""
        tokens, is_due = self._look(account)
        if is_due and tokens.refresh is not None:
            try:
                return self._replace(account, tokens.access)
            except BackendTrouble as trouble:
                if trouble.kind in {BackendCode.OTHER_ACCOUNT, BackendCode.LOGGED_OUT}:
                    raise
                # It was early. The server says itself when the old one is not good any more.
                with self._lock:
                    self._refreshed_at_s = self._server_s() + AGAIN_S
        return tokens.access

    def refused(self, account: Account, token: Secret) -> Secret:
        """Return another token in the place of one that the server has refused.

        Raises:
            BackendTrouble: there is none.
        """
        return self._replace(account, token)

    def required(self, account: Account) -> Tokens:
        """Return the tokens of an account.

        Raises:
            BackendTrouble: nobody is logged in, or somebody else.
        """
        return self._look(account)[0]

    # Inside.

    def _look(self, account: Account) -> tuple[Tokens, bool]:
        with self._lock:
            tokens = self._tokens
            if tokens is None:
                raise BackendTrouble(BackendCode.LOGGED_OUT)
            if tokens.account != account:
                raise BackendTrouble(BackendCode.OTHER_ACCOUNT)
            due_s = self._refreshed_at_s
            return tokens, due_s is not None and self._server_s() >= due_s

    def _replace(self, account: Account, token: Secret) -> Secret:
        with self._refreshing:
            tokens = self.required(account)
            if tokens.access != token:
                return tokens.access  # somebody was faster
            if tokens.refresh is None:
                raise BackendTrouble(BackendCode.LOGGED_OUT, detail="there is no refresh token")
            fresh = self._refresh(account, tokens.refresh)
            self.required(account)  # who logged out meanwhile is not logged in again
            try:
                self._place.keep(fresh)
            except SystemFault as error:
                # The old ones are worth nothing any more: these are at least good until the end of this run.
                logger.warning("New tokens of the PowerStream server could not be kept: %s", error)
            with self._lock:
                if self._tokens is not tokens:
                    raise BackendTrouble(BackendCode.OTHER_ACCOUNT)
                self._use(fresh)
            return fresh.access

    def _use(self, tokens: Tokens) -> None:
        self._tokens = tokens
        life = life_of(tokens.access, seen_s=self._server_s())
        self._refreshed_at_s = None if life is None else life.refreshed_at_s(self._rng)

    def _server_s(self) -> float:
        return self._wall_clock() + self._skew_s
