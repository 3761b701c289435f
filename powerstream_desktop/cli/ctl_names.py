"""Completes names in a shell: asks the running service, quickly, and is silent if there is none or anything goes wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final

import click
from click.shell_completion import CompletionItem

from powerstream_desktop.cli.ctl_service import Thing, service_if_any
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.common.text import printable_text

if TYPE_CHECKING:
    from powerstream_desktop.client.client import Client

LONGEST_S: Final = 1.0
"""For an answer: somebody has pressed a key and waits."""
_PLAIN: Final = re.compile(r"[\w.+-]+")
"""What every shell takes as it is. Anything else is completed by its id: no name can make a shell do something."""

Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def _completes(things: Callable[[Client], Iterable[Thing]]) -> Complete:
    """Return what completes the names of things that the service knows."""

    def complete(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
        try:
            with service_if_any(longest_s=LONGEST_S) as client:
                found = () if client is None else tuple(things(client))
        except PowerStreamError:
            return []
        return [item for thing in found if (item := _item(thing, incomplete)) is not None]

    return complete


def _item(thing: Thing, incomplete: str) -> CompletionItem | None:
    if not thing.name.casefold().startswith(incomplete.casefold()) and not thing.id.startswith(incomplete):
        return None
    is_plain = _PLAIN.fullmatch(thing.name) and not thing.name.startswith("-")
    return CompletionItem(thing.name if is_plain else thing.id, help=printable_text(thing.name))


def _scenes(client: Client) -> Iterable[Any]:
    studio = client.studio.status().studio
    return () if studio is None else studio.scenes


def _channels(client: Client) -> Iterable[Any]:
    sound = client.studio.status().sound
    return () if sound is None else sound.channels


complete_scene = _completes(_scenes)
complete_channel = _completes(_channels)
complete_endpoint = _completes(lambda client: client.endpoints.all())
complete_station = _completes(lambda client: client.stations.all())
complete_profile = _completes(lambda client: client.profiles.all())
complete_platform = _completes(lambda client: client.platforms.all())
