"""What works without the API: data, keys, broadcasts and replays. It is there first, for a broadcast may have to go on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.platforms.catalogue import Catalogue, load_catalogue
from powerstream_desktop.service.broadcast.broadcast import Broadcast
from powerstream_desktop.service.broadcast.plan import BroadcastPlan
from powerstream_desktop.service.composition.base import Base
from powerstream_desktop.service.multistream.broadcast_settings import broadcast_settings_of
from powerstream_desktop.service.multistream.multistream_service import MultistreamService
from powerstream_desktop.service.multistream.session_tools import SessionTools
from powerstream_desktop.service.secret_store.places import Places
from powerstream_desktop.service.secret_store.secret_desk import SecretDesk
from powerstream_desktop.service.secret_store.system_keyring import system_keyring
from powerstream_desktop.service.settings.engine_settings import engine_config_of
from powerstream_desktop.service.store.sessions import SessionSource
from powerstream_desktop.service.store.store import Store
from powerstream_desktop.service.vod.vod_service import VODService

_SECRETS: Final = "secrets"
"""What is handed down from service to service."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What works without the API.

    Attributes:
        found: what is to be said of the data that was found; empty for nothing.
    """

    store: Store
    found: str
    secrets: SecretDesk
    catalogue: Catalogue
    vod: VODService
    multistream: MultistreamService


async def open_work(base: Base) -> Work:
    """Open it; ``base.parts`` closes it.

    Raises:
        SystemFault: the disk or the data do not allow it.
    """
    store = Store(base.paths.data)
    opening = await store.start()
    base.parts.push_async_callback(store.aclose)
    secrets = await _open_secrets(base)
    catalogue = load_catalogue(base.paths)

    def open_broadcast(plan: BroadcastPlan, source: SessionSource, on_turn: Callable[[], None]) -> Broadcast:
        engine = base.studio if source is SessionSource.STUDIO else None
        return Broadcast(plan, base.clock, on_turn, engine)

    vod = VODService(store, wall_now)
    multistream = MultistreamService(
        SessionTools(
            store=store,
            vod=vod,
            secrets=secrets,
            catalogue=catalogue,
            paths=base.paths,
            settings=lambda: broadcast_settings_of(base.settings.settings, base.paths),
            engine_config=lambda: engine_config_of(base.settings.settings),
            open_broadcast=open_broadcast,
            clock=base.clock,
            wall_now=wall_now,
        )
    )
    await vod.start(lambda: multistream.running is not None)
    base.parts.push_async_callback(vod.aclose)
    base.parts.push_async_callback(multistream.aclose)
    return Work(
        store=store,
        found=opening.sentence,
        secrets=secrets,
        catalogue=catalogue,
        vod=vod,
        multistream=multistream,
    )


def wall_now() -> datetime:
    """Return the wall clock's time."""
    return datetime.now(tz=UTC)


async def _open_secrets(base: Base) -> SecretDesk:
    kept = base.line.kept.get(_SECRETS)
    secrets = SecretDesk(
        Places(system_keyring(), base.paths.data),
        handed_down=Secret(kept) if kept is not None else None,
        on_handover=lambda left: base.line.keep(_SECRETS, left.reveal()),
    )
    await secrets.open(base.settings.settings.secrets.place.place)
    base.parts.push_async_callback(secrets.aclose)
    return secrets
