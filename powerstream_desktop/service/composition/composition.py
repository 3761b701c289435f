"""Puts the parts of a service together.

In this order: the sockets, so that who comes early waits instead of being refused; the data and the keys; the broadcasts, of which
one that a predecessor was in the middle of goes on now, without waiting for the API, whose library takes a second to load.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.access.loopback import listen_on_loopback
from powerstream_desktop.service.access.record_file import FILE_NAME as ACCESS_RECORD
from powerstream_desktop.service.access.record_file import load_record
from powerstream_desktop.service.access.token_record import read_key
from powerstream_desktop.service.access.tokens import TokenAuthority
from powerstream_desktop.service.api.library_parts import LibraryParts
from powerstream_desktop.service.api_server import APIServer
from powerstream_desktop.service.composition.application import Made, make_application
from powerstream_desktop.service.composition.base import Base
from powerstream_desktop.service.composition.work import Work, open_work, wall_now
from powerstream_desktop.service.lan.lan_access import LANAccess
from powerstream_desktop.service.multistream.failed_recordings import FailedRecordings
from powerstream_desktop.service.multistream.multistream_service import MultistreamService
from powerstream_desktop.service.store.store import Store
from powerstream_desktop.service.system_bin.system_bin import system_bin
from powerstream_desktop.service.vod.library_bin import LibraryBin
from powerstream_desktop.service.vod.library_folders import LibraryFolders
from powerstream_desktop.service.vod.played_films import PlayedFilms

if TYPE_CHECKING:
    from powerstream_desktop.service.cloud.cloud_room import CloudRoom
    from powerstream_desktop.service.events.broadcast_events import BroadcastEvents

# What is handed down from service to service.
_PORT: Final = "port"
_RUN_KEY: Final = "run-key"


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


async def compose(base: Base) -> Composed:
    """Put the parts together; what was opened is closed by ``base.parts``, also if this fails.

    Raises:
        SystemFault: the disk, the network or the data do not allow it.
    """
    authority = _authority(base)
    server = _listen(base, authority)
    work = await open_work(base)
    lan = LANAccess(authority, base.paths.data, clock=base.clock)
    # Beside each other: the one waits for an engine, the other keeps a thread busy.
    library = _library(base, work)
    making = asyncio.create_task(
        asyncio.to_thread(make_application, base, work, library, authority, lan), name="make-api"
    )
    await work.multistream.resume()
    made = await making
    await _open_api(base, work, server, lan, made)
    failed = await _open_library(base, work, library, made)
    base.parts.push_async_callback(made.clips.aclose)
    made.clips.start()
    await _open_cloud(base, library, made.cloud)
    return Composed(
        server=server,
        authority=authority,
        store=work.store,
        multistream=work.multistream,
        events=made.events,
        is_importing=lambda: made.media.imports.is_busy or failed.is_mending,
        is_cutting=lambda: made.clips.is_busy,
        is_uploading=lambda: made.cloud.is_busy,
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


def _library(base: Base, work: Work) -> LibraryParts:
    """Make what looks after replays; it begins with the API."""
    return LibraryParts(
        vod=work.vod,
        bin=LibraryBin(work.store, system_bin(), wall_now, work.vod.tell),
        folders=LibraryFolders(work.store, work.vod, wall_now),
        played=PlayedFilms(base.clock),
    )


async def _open_api(base: Base, work: Work, server: APIServer, lan: LANAccess, made: Made) -> None:
    """Let clients in, from here and, if the settings say so, from the network; tell those who listen what happens."""
    base.parts.push_async_callback(server.aclose)
    await server.start(made.app)
    base.settings.follow(lan.follow)
    base.parts.push_async_callback(lan.aclose)
    await lan.start(server.counted, base.settings.settings)
    events = made.events
    if work.found:
        events.say("data", work.found, "Look whether anything of the time since then is missing.")
    for finding in base.settings.findings:
        events.say(finding.code, finding.sentence, finding.remedy)
    events.start()
    work.multistream.listen(events.turned)
    base.settings.follow(events.settings_changed)
    # Closed before the API: event streams end with it, and nobody waits for them.
    base.parts.push_async_callback(events.aclose)


async def _open_library(base: Base, work: Work, library: LibraryParts, made: Made) -> FailedRecordings:
    """Tell of every change of the library, and look after its files and what is made of them."""
    library.vod.listen(made.events.library_changed)
    library.vod.listen(made.media.heard)
    base.parts.push_async_callback(made.media.aclose)
    made.media.start()
    base.parts.push_async_callback(library.bin.aclose)
    await library.bin.start()
    base.parts.push_async_callback(library.folders.aclose)
    library.folders.start()
    failed = FailedRecordings(work.store, work.vod, lambda: work.multistream.running is not None)
    base.parts.push_async_callback(failed.aclose)
    await failed.start()
    return failed


async def _open_cloud(base: Base, library: LibraryParts, cloud: CloudRoom) -> None:
    """Begin to bring replays to the cloud, and to hear of what the library and the settings become."""
    base.parts.push_async_callback(cloud.aclose)
    await cloud.start()
    library.vod.listen(cloud.heard)
    base.settings.follow(cloud.settings_changed)
