"""Answers for those who are not to know where files lie: the folders of this computer have their last name in them, and no more.

Sentences about a disk name its folder, and they come from anywhere: as an error, a cause, a notice, a finding. So it is done to whole
answers, at the edge, and no route has to think of it. What the studio tells is left as it is: who may drive it sends it back.
"""

from __future__ import annotations

import functools
import json
import os
import re
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fastapi import Request

from powerstream_desktop.service.api.at_home import is_at_home

if TYPE_CHECKING:
    from powerstream_desktop.service.access.middleware import Application

_STUDIO: Final = "/api/studio/"
_STUDIO_EVENT: Final = re.compile(rb"^event: studio$", re.MULTILINE)
_JSON: Final = b"application/json"
_EVENTS: Final = b"text/event-stream"
_FEWEST_NAMES: Final = 2
"""A folder at the root, such as ``/live``, says nothing of anybody, and may be the beginning of an address."""
_IS_WINDOWS: Final = os.name == "nt"
_END: Final = r"""(?=[/\\"'\s.,:;)!?]|$)"""


class FolderNames:
    """Wraps the application. On its loop.

    Args:
        app: what is inside.
        folders: whole paths that are not to be told; asked with each answer.
    """

    def __init__(self, app: Application, folders: Callable[[], Iterable[Path]]) -> None:
        self._app = app
        self._folders = folders

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Be the application."""
        is_plain = scope["type"] == "http" and not f"{scope['path']}/".startswith(_STUDIO)
        if not is_plain or is_at_home(Request(scope)):
            await self._app(scope, receive, send)
            return
        await self._app(scope, receive, _Answer(send, self._folders).send)


class _Answer:
    """One answer on its way out; JSON waits until it is whole, events go one by one, and all else as it comes."""

    def __init__(
        self,
        send: Callable[[MutableMapping[str, Any]], Awaitable[None]],
        folders: Callable[[], Iterable[Path]],
    ) -> None:
        self._send = send
        self._folders = folders
        self._start: MutableMapping[str, Any] = {}
        self._kind = b""
        self._body = b""

    async def send(self, message: MutableMapping[str, Any]) -> None:
        """Take a message of the application's."""
        if message["type"] == "http.response.start":
            self._start = message
            named = {bytes(name).lower(): bytes(value) for name, value in message.get("headers", ())}
            self._kind = named.get(b"content-type", b"").partition(b";")[0].strip()
            if self._kind != _JSON:
                await self._send(message)
        elif message["type"] != "http.response.body":
            await self._send(message)
        elif self._kind == _JSON:
            await self._take_json(message)
        elif self._kind == _EVENTS and not _STUDIO_EVENT.search(message.get("body", b"")):
            await self._send({**message, "body": self._told(message.get("body", b""))})
        else:
            await self._send(message)

    async def _take_json(self, message: MutableMapping[str, Any]) -> None:
        self._body += message.get("body", b"")
        if message.get("more_body", False):
            return
        told = self._told(self._body)
        headers = [
            (name, str(len(told)).encode() if bytes(name).lower() == b"content-length" and told else value)
            for name, value in self._start.get("headers", ())
        ]
        await self._send({**self._start, "headers": headers})
        await self._send({"type": "http.response.body", "body": told})

    def _told(self, text: bytes) -> bytes:
        return without_folders(text, tuple(map(str, self._folders())))


def without_folders(json_text: bytes, folders: tuple[str, ...]) -> bytes:
    """Return JSON, or an event that holds it, in which these folders are called by their last names, and the user's home ``~``.

    Args:
        json_text: in UTF-8.
        folders: whole paths, as this system writes them.
    """
    wanted, names = _searched(folders)
    if wanted is None:
        return json_text
    return wanted.sub(lambda found: names[_as_compared(found.group())], json_text)


@functools.lru_cache(maxsize=4)
def _searched(folders: tuple[str, ...]) -> tuple[re.Pattern[bytes] | None, dict[bytes, bytes]]:
    """Return what finds the folders, and by what each is replaced; the longest is found first."""
    names: dict[bytes, bytes] = {}
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 - the path's own raises where there is none
    for whole in (*map(Path, folders), home):
        if not whole.is_absolute() or len(whole.parts) <= _FEWEST_NAMES:
            continue
        for is_ascii in (True, False):
            written, last = (
                json.dumps(text, ensure_ascii=is_ascii)[1:-1].encode("utf-8", "replace")
                for text in (str(whole), "~" if whole == home else whole.name)
            )
            names[_as_compared(written)] = last
    if not names:
        return None, names
    longest_first = sorted(names, key=len, reverse=True)
    pattern = b"(?:" + b"|".join(map(re.escape, longest_first)) + b")" + _END.encode()
    return re.compile(pattern, re.IGNORECASE if _IS_WINDOWS else 0), names


def _as_compared(written: bytes) -> bytes:
    return written.lower() if _IS_WINDOWS else written
