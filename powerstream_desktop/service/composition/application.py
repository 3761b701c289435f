"""The API's application, and what begins with it: events, what is made of films, clips, the cloud."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from powerstream_desktop import __version__
from powerstream_desktop.service.access.access_desk import AccessDesk
from powerstream_desktop.service.access.record_file import FILE_NAME as ACCESS_RECORD
from powerstream_desktop.service.access.tokens import TokenAuthority
from powerstream_desktop.service.api.library_parts import LibraryParts
from powerstream_desktop.service.composition.base import Base
from powerstream_desktop.service.composition.work import Work, wall_now
from powerstream_desktop.service.lan.lan_access import LANAccess

if TYPE_CHECKING:
    from powerstream_desktop.library.workshop.workshop import Workshop
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What was made; nothing of it has begun."""

    app: Application
    events: BroadcastEvents
    media: MediaRoom
    clips: ClipDesk
    cloud: CloudRoom


def make_application(
    base: Base, work: Work, library: LibraryParts, authority: TokenAuthority, lan: LANAccess
) -> Made:
    """Load the API's library and make the application, which takes a second; on a thread, so that a broadcast goes on."""
    from powerstream_desktop.library.workshop.workshop import Workshop
    from powerstream_desktop.service.api.app import create_api
    from powerstream_desktop.service.api.parts import APIParts
    from powerstream_desktop.service.clips.clip_cutter import WorkshopCutter
    from powerstream_desktop.service.events.broadcast_events import BroadcastEvents
    from powerstream_desktop.service.events.event_hub import EventHub
    from powerstream_desktop.service.events.standing import Standing

    standing = Standing(work.multistream, base.studio, lambda: base.settings.settings, wall_now)
    hub = EventHub(standing.everything)
    owner = _owner_parts(base, work, lan)
    workshop = Workshop()
    media = _media_room(base, work, workshop, hub, owner)
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
            wall_now=wall_now,
            version=__version__,
            access=AccessDesk(authority, base.paths.data / ACCESS_RECORD, clock=base.clock),
            pictures=base.paths.data / _PICTURES,
            library=library,
            hls_folder=work.multistream.hls_folder,
            media=media.desk,
            imports=media.imports,
            owner=owner,
            clips=clips,
            cloud=cloud,
        )
    )
    return Made(app=app, events=BroadcastEvents(hub, standing), media=media, clips=clips, cloud=cloud)


def _owner_parts(base: Base, work: Work, lan: LANAccess) -> OwnerParts:
    from powerstream_desktop.service.api.owner_parts import OwnerParts

    paths = base.paths
    return OwnerParts(
        settings=base.settings,
        keys=work.secrets,
        lan=lan,
        usual_recordings=paths.recordings,
        own_folders=(paths.config, paths.data, paths.runtime, paths.logs),
    )


def _media_room(base: Base, work: Work, workshop: Workshop, hub: EventHub, owner: OwnerParts) -> MediaRoom:
    from powerstream_desktop.service.events.topics import Topic
    from powerstream_desktop.service.media.media_room import MediaRoom

    return MediaRoom(
        work.store,
        workshop,
        pictures=base.paths.data / _PICTURES,
        recordings=lambda: owner.recordings,
        is_live=lambda: work.multistream.running is not None,
        came=work.vod.came,
        changed=work.vod.changed,
        tell=lambda words: hub.publish(Topic.LIBRARY, words),
        wall_now=wall_now,
    )


def _clip_desk(base: Base, work: Work, cutter: Cutter, hub: EventHub, owner: OwnerParts) -> ClipDesk:
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
            wall_now=wall_now,
            clock=base.clock,
        )
    )


def _cloud_room(
    base: Base, work: Work, hub: EventHub, owner: OwnerParts, clips: ClipDesk, library: LibraryParts
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
            wall_now=wall_now,
            clock=base.clock,
        )
    )
