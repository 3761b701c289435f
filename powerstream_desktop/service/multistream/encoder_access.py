"""What somebody types into an external encoder: where it publishes to, and the key that it shows."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.broadcast.ingest_port import HOST
from powerstream_desktop.service.lan.own_names import OwnNames, own_names

_EVERY_ADDRESS: Final = "0.0.0.0"  # noqa: S104 - recognised, not listened to


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderAccess:
    """What an encoder needs.

    Attributes:
        server_url: what goes into its "server" field.
        key: what goes into its "stream key" field.
    """

    server_url: str
    key: Secret


async def host_for_encoders(host: str, names: Callable[[], OwnNames] = own_names) -> str:
    """Return the host by which an encoder reaches a relay.

    Args:
        host: where the relay listens.
        names: asks what this computer is called now; on a thread, as it blocks for a moment.

    Returns:
        ``host``, unless that stands for every address of this computer, to which nobody can connect: then the first of IPv4 in the
        network, which is good for this computer as well, or loopback while there is no network.

    Raises:
        SystemFault: the system does not tell.
    """
    if host != _EVERY_ADDRESS:
        return host
    own = await asyncio.to_thread(names)
    return next((each for each in own.addresses if ":" not in each), HOST)
