"""The stream key for external encoders: kept where all keys are, so that who set up an encoder by hand does it once.

Beside the other settings lies a small file with the reference of the key, never the key. A key that ``powerstream relay`` made
before is taken over, so that its encoders go on working.
"""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import Final

from powerstream_desktop.common.errors import BugError, PowerStreamError, SystemFault
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.common.whole_file import replace_file
from powerstream_desktop.service.api.ports import Secrets
from powerstream_desktop.service.broadcast.stream_key import FILE_NAME as RELAY_FILE_NAME
from powerstream_desktop.service.broadcast.stream_key import kept_stream_key, new_stream_key
from powerstream_desktop.service.secret_store.reference import SecretReference

FILE_NAME: Final = "ingest-key.ref"
_MAX_REFERENCE_BYTES: Final = 256

logger = logging.getLogger(__name__)


class IngestKey:
    """Finds the key, and makes it at the first call. Owner: the sessions' service, on its loop.

    Args:
        paths: the reference is kept in the configuration folder.
        secrets: where the key is kept.
    """

    def __init__(self, paths: Paths, secrets: Secrets) -> None:
        self._paths = paths
        self._secrets = secrets
        self._of_this_run: Secret | None = None
        self._turn = asyncio.Lock()

    async def get(self) -> Secret:
        """Return the key. If it cannot be kept, it is good until the service ends, and the log says so.

        Raises:
            SystemFault: the place of the key that was kept cannot be asked just now: another key would lock the encoder out.
        """
        async with self._turn:
            if self._of_this_run is not None:
                return self._of_this_run
            kept = await self._secrets.get(await self.reference())
            return kept or await self._made()

    async def renew(self) -> Secret:
        """Make another key and return it; the one before opens nothing any more.

        Raises:
            SystemFault: the new one cannot be kept; then the old one stays.
        """
        async with self._turn:
            if self._of_this_run is not None:
                self._of_this_run = new_stream_key()
                return self._of_this_run
            before, key = await self.reference(), new_stream_key()
            await self._keep(key)
            await self._secrets.forget(before)
            return key

    async def reference(self) -> str | None:
        """Return the reference of the key that is kept; ``None`` before it was made."""
        return await asyncio.to_thread(_read, self._paths.config / FILE_NAME)

    async def _made(self) -> Secret:
        key = await asyncio.to_thread(self._key_of_the_relay) or new_stream_key()
        try:
            await self._keep(key)
        except PowerStreamError as error:
            logger.info("The stream key for encoders is good for this run only: %s", error)
            self._of_this_run = key
        return key

    async def _keep(self, key: Secret) -> None:
        reference = await self._secrets.keep(key)
        await asyncio.to_thread(_write, self._paths.config / FILE_NAME, reference)

    def _key_of_the_relay(self) -> Secret | None:
        """Return the key that the command made, if it did."""
        if not (self._paths.config / RELAY_FILE_NAME).exists():
            return None
        try:
            return kept_stream_key(self._paths).key
        except PowerStreamError as error:
            logger.info("The key of the relay command is not taken over: %s", error)
            return None


def _read(path: Path) -> str | None:
    try:
        text = path.read_bytes()[:_MAX_REFERENCE_BYTES].decode("ascii", "replace").strip()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SystemFault(
            f"{path} cannot be read.", hint="Give yourself the right to read it.", detail=repr(error)
        ) from error
    try:
        return SecretReference(text).name
    except BugError:  # nobody of us wrote that
        return None


def _write(path: Path, reference: str) -> None:
    try:
        replace_file(path, reference.encode() + b"\n")
    except OSError as error:
        raise SystemFault(
            f"{path} cannot be written.",
            hint="Make room there, or give yourself the right to write.",
            detail=repr(error),
        ) from error
