"""What the API is made of: the parts of the service that its routes speak to, handed in whole by the composition root."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Annotated, TypeAlias

from fastapi import Depends, Request

from powerstream_desktop.platforms.catalogue import Catalogue
from powerstream_desktop.service.access.access_desk import AccessDesk
from powerstream_desktop.service.access.film_tickets import FilmTickets, new_tickets
from powerstream_desktop.service.api.cloud_port import Cloud
from powerstream_desktop.service.api.event_ports import Events
from powerstream_desktop.service.api.library_parts import LibraryParts
from powerstream_desktop.service.api.owner_parts import OwnerParts
from powerstream_desktop.service.api.ports import (
    Clips,
    Imports,
    Media,
    Multistream,
    Secrets,
    Studio,
)
from powerstream_desktop.service.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class APIParts:
    """The parts of one service; all live on the loop that serves the API.

    Attributes:
        store: started.
        catalogue: what is known of the platforms.
        wall_now: wall time with its zone.
        version: of the program.
        access: lets devices in and puts them out.
        pictures: folder of the pictures of stations and replays.
        library: what becomes of replays.
        owner: settings, and who and what is let in.
        tickets: let players of this computer watch what is in the cloud only.
        hls_folder: where the running broadcast of the station with a slug is written for viewers; ``None`` while there is none.
    """

    store: Store
    multistream: Multistream
    studio: Studio
    events: Events
    secrets: Secrets
    catalogue: Catalogue
    wall_now: Callable[[], datetime]
    version: str
    access: AccessDesk
    pictures: Path
    library: LibraryParts
    hls_folder: Callable[[str], Path | None]
    media: Media
    imports: Imports
    owner: OwnerParts
    clips: Clips
    cloud: Cloud
    tickets: FilmTickets = field(default_factory=new_tickets)


async def _parts_of(request: Request) -> APIParts:
    parts: APIParts = request.app.state.parts
    return parts


Parts: TypeAlias = Annotated[APIParts, Depends(_parts_of)]
"""What a route says to get them."""
