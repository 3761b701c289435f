"""What a service is made of, put together: the one place where its parts are wired (DESIGN 2).

In this order: the sockets, so that who comes early waits instead of being refused; the data and the keys; the broadcasts, of which
one that a predecessor was in the middle of goes on now, without waiting for the API, whose library takes a second to load.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from powerstream_desktop import __version__
from powerstream_desktop.common.clock import Clock
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.platforms.catalogue import Catalogue, load_catalogue
from powerstream_desktop.service.access.access_desk import AccessDesk
from powerstream_desktop.service.access.loopback import listen_on_loopback
from powerstream_desktop.service.access.record_file import FILE_NAME as ACCESS_RECORD
from powerstream_desktop.service.access.record_file import load_record
from powerstream_desktop.service.access.token_record import read_key
from powerstream_desktop.service.access.tokens import TokenAuthority
from powerstream_desktop.service.api.library_parts import LibraryParts
from powerstream_desktop.service.api_server import APIServer
from powerstream_desktop.service.broadcast.broadcast import Broadcast
from powerstream_desktop.service.broadcast.plan import BroadcastPlan
from powerstream_desktop.service.keeper.keeper_line import KeeperLine
from powerstream_desktop.service.lan.lan_access import LANAccess
from powerstream_desktop.service.multistream.broadcast_settings import broadcast_settings_of
from powerstream_desktop.service.multistream.failed_recordings import FailedRecordings
from powerstream_desktop.service.multistream.multistream_service import MultistreamService
from powerstream_desktop.service.multistream.session_tools import SessionTools
from powerstream_desktop.service.secret_store.places import Places
from powerstream_desktop.service.secret_store.secret_desk import SecretDesk
from powerstream_desktop.service.secret_store.system_keyring import system_keyring
from powerstream_desktop.service.settings.engine_settings import engine_config_of
from powerstream_desktop.service.settings.settings_desk import SettingsDesk
from powerstream_desktop.service.store.sessions import SessionSource
from powerstream_desktop.service.store.store import Store
from powerstream_desktop.service.studio.studio_engine import StudioEngine
from powerstream_desktop.service.system_bin.system_bin import system_bin
from powerstream_desktop.service.vod.library_bin import LibraryBin
from powerstream_desktop.service.vod.library_folders import LibraryFolders
from powerstream_desktop.service.vod.played_films import PlayedFilms
from powerstream_desktop.service.vod.vod_service import VODService

if TYPE_CHECKING:
    from powerstream_desktop.service.access.middleware import Application
    from powerstream_desktop.service.api.owner_parts import OwnerParts
    from powerstream_desktop.service.clips.clip_cutter import Cutter
    from powerstream_desktop.service.clips.clip_desk import ClipDesk
    from powerstream_desktop.service.cloud.cloud_room import CloudRoom
    from powerstream_desktop.service.events.broadcast_events import BroadcastEvents
    from powerstream_desktop.service.events.event_hub import EventHub
    from powerstream_desktop.service.media.media_room import MediaRoom

_PICTURES: Final = "pictures"
"""Folder of the pictures of stations and replays, among the data."""

# What is handed down from service to service.
_PORT: Final = "port"
_RUN_KEY: Final = "run-key"
_SECRETS: Final = "secrets"


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """What a service has before its parts.

    Attributes:
        paths: of the home, whose lock is held.
        line: to the keeper.
        settings: read.
        studio: perhaps with an engine that is starting.
        first_port: where to listen; ``None`` for that of the settings.
        clock: the loop's time.
        parts: takes how each part is closed.
    """

    paths: Paths
    line: KeeperLine
    settings: SettingsDesk
    studio: StudioEngine
    first_port: int | None
    clock: Clock
    parts: AsyncExitStack


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """What its owner has to do with afterwards."""

    server: APIServer
    authority: TokenAuthority
    store: Store
    multistream: MultistreamService
    events: BroadcastEvents
    is_importing: Callable[[], bool]
    is_cutting: Callable[[], bool]
    is_uploading: Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
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


async def compose(base: Base) -> Composed:
    """Put the parts together; what was opened is closed by ``base.parts``, also if this fails.

    Raises:
        SystemFault: the disk, the network or the data do not allow it.
    """
    authority = _authority(base)
    server = _listen(base, authority)
    work = await _open_work(base)
    lan = LANAccess(authority, base.paths.data, clock=base.clock)
    # Beside each other: the one waits for an engine, the other keeps a thread busy.
    library = _library(base, work)
    making = asyncio.create_task(
        asyncio.to_thread(_make_api, base, work, library, authority, lan), name="make-api"
    )
    await work.multistream.resume()
    app, events, media, clips, cloud = await making
    await _open_api(base, work, server, lan, app, events)
    failed = await _open_library(base, work, library, media, events)
    base.parts.push_async_callback(clips.aclose)
    clips.start()
    await _open_cloud(base, library, cloud)
    return Composed(
        server=server,
        authority=authority,
        store=work.store,
        multistream=work.multistream,
        events=events,
        is_importing=lambda: media.imports.is_busy or failed.is_mending,
        is_cutting=lambda: clips.is_busy,
        is_uploading=lambda: cloud.is_busy,
    )


def _authority(base: Base) -> TokenAuthority:
    """Make who knows the tokens; the predecessor's run goes on."""
    kept = base.line.kept.get(_RUN_KEY)
    run_key = read_key(Secret(kept) if kept is not None else None)
    base.line.keep(_RUN_KEY, run_key.as_secret().reveal())
    return TokenAuthority(load_record(base.paths.data / ACCESS_RECORD), run_key)


def _listen(base: Base, authority: TokenAuthority) -> APIServer:
    """Take the port: that of the predecessor, whom windows know, or what was asked for; else the next free one."""
    kept = base.line.kept.get(_PORT)
    first_port = base.first_port if base.first_port is not None else base.settings.settings.api.port
    server = APIServer(
        listen_on_loopback(int(kept) if kept is not None else first_port), authority, base.clock
    )
    base.parts.callback(server.close_sockets)
    base.line.keep(_PORT, str(server.port))
    return server


async def _open_work(base: Base) -> _Work:
    """Open all that works without the API."""
    store = Store(base.paths.data)
    report = await store.start()
    base.parts.push_async_callback(store.aclose)
    secrets = await _open_secrets(base)
    catalogue = load_catalogue(base.paths)

    def open_broadcast(plan: BroadcastPlan, source: SessionSource, on_turn: Callable[[], None]) -> Broadcast:
        engine = base.studio if source is SessionSource.STUDIO else None
        return Broadcast(plan, base.clock, on_turn, engine)

    vod = VODService(store, _wall_now)
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
            wall_now=_wall_now,
        )
    )
    await vod.start(lambda: multistream.running is not None)
    base.parts.push_async_callback(vod.aclose)
    base.parts.push_async_callback(multistream.aclose)
    return _Work(
        store=store,
        found=report.opening.sentence,
        secrets=secrets,
        catalogue=catalogue,
        vod=vod,
        multistream=multistream,
    )


def _library(base: Base, work: _Work) -> LibraryParts:
    """Make what looks after replays; it begins with the API."""
    return LibraryParts(
        vod=work.vod,
        bin=LibraryBin(work.store, system_bin(), _wall_now, work.vod.tell),
        folders=LibraryFolders(work.store, work.vod, _wall_now),
        played=PlayedFilms(base.clock),
    )


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


async def _open_api(
    base: Base, work: _Work, server: APIServer, lan: LANAccess, app: Application, events: BroadcastEvents
) -> None:
    """Let clients in, from here and, if the settings say so, from the network; tell those who listen what happens."""
    base.parts.push_async_callback(server.aclose)
    await server.start(app)
    base.settings.follow(lan.follow)
    base.parts.push_async_callback(lan.aclose)
    await lan.start(server.counted, base.settings.settings)
    if work.found:
        events.say("data", work.found, "Look whether anything of the time since then is missing.")
    for finding in base.settings.findings:
        events.say(finding.code, finding.sentence, finding.remedy)
    events.start()
    work.multistream.listen(events.turned)
    base.settings.follow(events.settings_changed)
    # Closed before the API: event streams end with it, and nobody waits for them.
    base.parts.push_async_callback(events.aclose)


async def _open_library(
    base: Base, work: _Work, library: LibraryParts, media: MediaRoom, events: BroadcastEvents
) -> FailedRecordings:
    """Tell of every change of the library, and look after its files and what is made of them."""
    library.vod.listen(events.library_changed)
    library.vod.listen(media.heard)
    base.parts.push_async_callback(media.aclose)
    media.start()
    base.parts.push_async_callback(library.bin.aclose)
    await library.bin.start()
    base.parts.push_async_callback(library.folders.aclose)
    library.folders.start()
    failed = FailedRecordings(work.store, work.vod, lambda: work.multistream.running is not None)
    base.parts.push_async_callback(failed.aclose)
    await failed.start()
    return failed


def _make_api(
    base: Base, work: _Work, library: LibraryParts, authority: TokenAuthority, lan: LANAccess
) -> tuple[Application, BroadcastEvents, MediaRoom, ClipDesk, CloudRoom]:
    """Load the API's library and make the application, which takes a second; on a thread, so that a broadcast goes on."""
    from powerstream_desktop.library.workshop.workshop import Workshop
    from powerstream_desktop.service.api.app import create_api
    from powerstream_desktop.service.api.owner_parts import OwnerParts
    from powerstream_desktop.service.api.parts import APIParts
    from powerstream_desktop.service.clips.clip_cutter import WorkshopCutter
    from powerstream_desktop.service.events.broadcast_events import BroadcastEvents
    from powerstream_desktop.service.events.event_hub import EventHub
    from powerstream_desktop.service.events.standing import Standing
    from powerstream_desktop.service.events.topics import Topic
    from powerstream_desktop.service.media.media_room import MediaRoom

    standing = Standing(work.multistream, base.studio, lambda: base.settings.settings, _wall_now)
    hub = EventHub(standing.everything)
    owner = OwnerParts(
        settings=base.settings, keys=work.secrets, lan=lan, usual_recordings=base.paths.recordings
    )
    pictures = base.paths.data / _PICTURES
    workshop = Workshop()
    media = MediaRoom(
        work.store,
        workshop,
        pictures=pictures,
        recordings=lambda: owner.recordings,
        is_live=lambda: work.multistream.running is not None,
        came=work.vod.came,
        changed=work.vod.changed,
        tell=lambda words: hub.publish(Topic.LIBRARY, words),
        wall_now=_wall_now,
    )
    clips = _clip_desk(base, work, WorkshopCutter(workshop), hub, owner)
    cloud = _cloud_room(base, work, hub, owner, clips, library)
    app = create_api(
        APIParts(
            store=work.store,
            multistream=work.multistream,
            studio=base.studio,
            events=hub,
            secrets=work.secrets,
            catalogue=work.catalogue,
            wall_now=_wall_now,
            version=__version__,
            access=AccessDesk(authority, base.paths.data / ACCESS_RECORD, clock=base.clock),
            pictures=pictures,
            library=library,
            hls_folder=work.multistream.hls_folder,
            media=media.desk,
            imports=media.imports,
            owner=owner,
            clips=clips,
            cloud=cloud,
        )
    )
    return app, BroadcastEvents(hub, standing), media, clips, cloud


def _clip_desk(base: Base, work: _Work, cutter: Cutter, hub: EventHub, owner: OwnerParts) -> ClipDesk:
    from powerstream_desktop.service.api.words_clips import clip_event
    from powerstream_desktop.service.clips.clip_desk import ClipDesk, ClipTools
    from powerstream_desktop.service.events.topics import Topic

    return ClipDesk(
        ClipTools(
            store=work.store,
            add=work.vod.add,
            cutter=cutter,
            running=lambda: work.multistream.running,
            spare_folder=lambda: owner.recordings,
            turned=lambda clip: hub.publish(Topic.LIBRARY, clip_event(clip)),
            progressed=lambda clip: hub.publish_figures(Topic.LIBRARY, clip_event(clip)),
            wall_now=_wall_now,
            clock=base.clock,
        )
    )


def _cloud_room(
    base: Base, work: _Work, hub: EventHub, owner: OwnerParts, clips: ClipDesk, library: LibraryParts
) -> CloudRoom:
    from powerstream_desktop.cloud.courier.courier import Courier
    from powerstream_desktop.service.api.words_cloud import cloud_event
    from powerstream_desktop.service.cloud.cloud_room import CloudRoom
    from powerstream_desktop.service.cloud.right_of_way import traffic_of
    from powerstream_desktop.service.cloud.room_tools import RoomTools
    from powerstream_desktop.service.events.topics import Topic

    return CloudRoom(
        RoomTools(
            courier=Courier(),
            store=work.store,
            keys=work.secrets,
            options=lambda: base.settings.settings.cloud,
            pictures=base.paths.data / _PICTURES,
            recordings=lambda: owner.recordings,
            traffic=traffic_of(lambda: work.multistream.running, base.paths),
            is_cut=lambda asset_id: any(each.is_under_way for each in clips.of_asset(asset_id)),
            is_played=library.played.is_played,
            tell=work.vod.tell,
            changed=work.vod.changed,
            publish=lambda standing: hub.publish(Topic.SYNC, cloud_event(standing)),
            wall_now=_wall_now,
            clock=base.clock,
        )
    )


async def _open_cloud(base: Base, library: LibraryParts, cloud: CloudRoom) -> None:
    """Begin to bring replays to the cloud, and to hear of what the library and the settings become."""
    base.parts.push_async_callback(cloud.aclose)
    await cloud.start()
    library.vod.listen(cloud.heard)
    base.settings.follow(cloud.settings_changed)


def _wall_now() -> datetime:
    return datetime.now(tz=UTC)
