"""Endpoints with their keys: who can be served, and who is left out because there is no key to serve them with.

A key that is missing, or cannot be had just now, must not keep the other platforms from going live. Its destination shows a
red light with the reason, like one whose platform refused it.
"""

from __future__ import annotations

import asyncio
import dataclasses
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from powerstream_desktop.common.errors import PowerStreamError, SystemFault
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.platforms.catalogue import Catalogue
from powerstream_desktop.platforms.causes import Cause
from powerstream_desktop.platforms.endpoint import RTMPEndpoint
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.relay.snapshot import DestinationSnapshot
from powerstream_desktop.service.api.ports import Secrets
from powerstream_desktop.service.secret_store.secret_faults import SecretStoreError
from powerstream_desktop.service.store.endpoints import SavedEndpoint

NO_KEY: Final = "no-key"
BAD_KEY: Final = "key-unusable"
NOTHING_KNOWN: Final[Mapping[str, Secret]] = MappingProxyType({})

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """An endpoint that cannot be served.

    Attributes:
        name: of its destination.
        since_s: the clock's time at which it was left out.
    """

    name: str
    endpoint: SavedEndpoint
    cause: Cause
    since_s: float

    def light(self, now_s: float) -> DestinationSnapshot:
        """Return what its light shows at the clock's time ``now_s``."""
        return DestinationSnapshot(
            name=self.name,
            platform=self.endpoint.platform,
            rendition=self.endpoint.rendition,
            server_url=self.endpoint.server_url,
            backup_in_use=False,
            state=DestinationState.REJECTED,
            since_s=max(0.0, now_s - self.since_s),
            attempt=0,
            retry_in_s=None,
            cause=self.cause,
            bytes_sent=0,
            bitrate_kbps=0,
            frames_sent=0,
            frames_dropped=0,
            frames_dropped_per_s=0.0,
            queue_ms=0,
            connects=0,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyedEndpoints:
    """The endpoints of a broadcast.

    Attributes:
        served: in the user's order, under the names of their destinations.
        left_out: those that cannot be served.
        names: the destination's name by the endpoint's id, of both.
        keys: of those that are served, by reference.
    """

    served: tuple[RTMPEndpoint, ...]
    left_out: tuple[LeftOut, ...]
    names: Mapping[str, str]
    keys: Mapping[str, Secret]


async def with_keys(
    endpoints: Sequence[SavedEndpoint],
    names: Mapping[str, str],
    secrets: Secrets,
    catalogue: Catalogue,
    now_s: float,
    known: Mapping[str, Secret] = NOTHING_KNOWN,
) -> KeyedEndpoints:
    """Fetch the keys of endpoints; never fails: who cannot be served is left out.

    Args:
        endpoints: in the user's order.
        names: of their destinations, by id.
        secrets: where the keys are.
        catalogue: tells which codecs a platform accepts, where the endpoint does not say it.
        now_s: the clock's time.
        known: keys that the running broadcast has, by reference: a keyring that has been locked meanwhile takes nobody who is
            live off the air.
    """
    asked = await asyncio.gather(
        *(_keyed(each, names[each.id], secrets, catalogue, known) for each in endpoints)
    )
    answers = list(zip(endpoints, asked, strict=True))
    return KeyedEndpoints(
        served=tuple(answer for _, answer in answers if isinstance(answer, RTMPEndpoint)),
        left_out=tuple(
            LeftOut(name=names[each.id], endpoint=each, cause=answer, since_s=now_s)
            for each, answer in answers
            if isinstance(answer, Cause)
        ),
        names=names,
        keys={
            each.key_ref: answer.stream_key
            for each, answer in answers
            if isinstance(answer, RTMPEndpoint) and each.key_ref is not None
        },
    )


async def _keyed(
    endpoint: SavedEndpoint,
    name: str,
    secrets: Secrets,
    catalogue: Catalogue,
    known: Mapping[str, Secret],
) -> RTMPEndpoint | Cause:
    """Return an endpoint with its key, or why it has none."""
    try:
        key = await _key(endpoint.key_ref, secrets, known)
        if not key:
            where = catalogue.platform(endpoint.platform).key.where
            remedy = where or "Enter the key that its server expects."
            return Cause(code=NO_KEY, sentence=f"{name} has no stream key.", remedy=remedy)
        keyed = endpoint.with_key(key)
    except PowerStreamError as error:
        logger.info("%s is left out: %s", name, error)
        code = error.trouble.value if isinstance(error, SecretStoreError) else BAD_KEY
        sentence = f"The stream key of {name} cannot be used: {error.title}"
        return Cause(code=code, sentence=sentence, remedy=error.hint)
    platform = catalogue.platform(endpoint.platform)
    codecs = platform.codecs if keyed.codecs is None and platform.confirms("codecs") else keyed.codecs
    return dataclasses.replace(keyed, name=name, codecs=codecs)


async def _key(key_ref: str | None, secrets: Secrets, known: Mapping[str, Secret]) -> Secret | None:
    before = known.get(key_ref or "")
    try:
        return await secrets.get(key_ref) or before
    except SystemFault:
        if before is None:
            raise
        return before
