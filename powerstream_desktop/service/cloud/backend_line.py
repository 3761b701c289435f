"""The line to the PowerStream server of the settings: its client, and its tokens, which are in the place of keys.

Tokens are of one login at one address. Another address or another login is another account, with which nothing was agreed (V34).
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from powerstream_desktop.cloud.backend.account import Account, server_url
from powerstream_desktop.cloud.backend.backend import Backend, refreshing
from powerstream_desktop.cloud.backend.backend_troubles import BackendCode, BackendTrouble
from powerstream_desktop.cloud.backend.backend_wire import BackendWire, Sender
from powerstream_desktop.cloud.backend.token_keeper import TokenKeeper
from powerstream_desktop.cloud.backend.tokens import Tokens
from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.cloud.store_line import KeyPlace
from powerstream_desktop.service.settings.cloud_options import CloudOptions
from powerstream_desktop.service.store.cloud_notes import CloudFact
from powerstream_desktop.service.store.store import Store
from powerstream_desktop.service.store.store_faults import ConflictError
from powerstream_desktop.service.store.tables import Tables

_KIND: Final = "backend"
_KEPT_WITHIN_S: Final = 60.0


class BackendLine:
    """Owned by one loop; the client that it gives is for any thread.

    Args:
        store: where the rest is known.
        keys: where tokens are kept.
        options: as the settings have them now.
        sender: sends requests; None for the real one.
    """

    def __init__(
        self, store: Store, keys: KeyPlace, options: Callable[[], CloudOptions], sender: Sender | None = None
    ) -> None:
        self._store = store
        self._keys = keys
        self._options = options
        self._sender = sender or BackendWire()
        self._keeper = TokenKeeper(self, refreshing(self._sender))
        self._turn = asyncio.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None  # read by the threads that replace tokens
        self._knows_tokens = False

    @property
    def is_wanted(self) -> bool:
        """A server was chosen."""
        return self._options().backend_url != ""

    @property
    def shown_address(self) -> str:
        """Where it is, for people: nothing that a wrong address may hide is in it."""
        parts = urlsplit(self._options().backend_url)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"

    async def backend(self) -> tuple[Account, Backend]:
        """Return the client for the account that is logged in.

        Raises:
            UserError: the address cannot be one.
            BackendTrouble: nobody is logged in there.
            SystemFault: the place of keys does not answer.
        """
        url = server_url(self._options().backend_url)
        async with self._turn:
            self._loop = asyncio.get_running_loop()
            if not self._knows_tokens:
                tokens = await self._kept()
                if tokens is not None:
                    self._keeper.log_in(tokens)
                self._knows_tokens = True
        account = self._keeper.account
        if account is None or account.url != url:
            raise BackendTrouble(BackendCode.NOT_LOGGED_IN)
        return account, Backend(account, self._sender, self._keeper)

    @property
    def clock_offset_s(self) -> float:
        """How far the server's clock is ahead, by its last answer; 0 before the first."""
        return self._keeper.skew_s

    async def log_in(self, access: Secret, refresh: Secret | None) -> None:
        """Use these tokens from now on, at the server of the settings.

        Raises:
            ConflictError: no server was chosen.
            UserError: they are none, or the address is none.
            SystemFault: they cannot be kept.
        """
        if not self.is_wanted:
            raise ConflictError("No PowerStream server was chosen.", hint="Enter its address first.")
        account = Account.at(self._options().backend_url, secrets.token_hex(8))
        tokens = Tokens(account=account, access=access, refresh=refresh)
        async with self._turn:
            await self._replace(await self._keys.keep(tokens.text(), _KIND), is_another=True)
            self._keeper.log_in(tokens)
            self._knows_tokens = True

    async def log_out(self) -> None:
        """Keep no tokens; harmless if there are none."""
        async with self._turn:
            self._keeper.log_out()
            self._knows_tokens = True
            await self._replace(None, is_another=True)

    def keep(self, tokens: Tokens) -> None:
        """Keep new tokens of the account; as ``TokenPlace``, on the thread that has got them."""
        if self._loop is None:
            raise SystemFault("The tokens cannot be kept.", detail="nobody has asked for the client")
        coming = asyncio.run_coroutine_threadsafe(self._keep(tokens), self._loop)
        try:
            coming.result(_KEPT_WITHIN_S)
        except TimeoutError:
            coming.cancel()
            raise SystemFault("The tokens cannot be kept.", detail="the place of keys is silent") from None

    # Inside.

    async def _keep(self, tokens: Tokens) -> None:
        async with self._turn:
            if self._keeper.account != tokens.account:
                raise BackendTrouble(BackendCode.OTHER_ACCOUNT)
            await self._replace(await self._keys.keep(tokens.text(), _KIND), is_another=False)

    async def _kept(self) -> Tokens | None:
        reference = await self._store.read(lambda tables: tables.cloud.fact(CloudFact.BACKEND_KEY_REF))
        return Tokens.in_text(await self._keys.get(reference))

    async def _replace(self, reference: str | None, *, is_another: bool) -> None:
        def replace(tables: Tables) -> str | None:
            before = tables.cloud.fact(CloudFact.BACKEND_KEY_REF)
            tables.cloud.keep_fact(CloudFact.BACKEND_KEY_REF, reference)
            if is_another:
                tables.registrations.forget_all()
            return before

        await self._keys.forget(await self._store.write(replace))
