"""The client's rooms against the API's document: nothing that it offers is out of the client's reach."""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path
from typing import Any

import pytest

from powerstream_desktop.client.address import Address, KnownAddress
from powerstream_desktop.client.assets import AssetWish
from powerstream_desktop.client.catalogue import ProfileWish, StationWish
from powerstream_desktop.client.client import Client
from powerstream_desktop.client.cloud import CredentialsWish, LoginWish, StoreWish
from powerstream_desktop.client.endpoints import EndpointWish
from powerstream_desktop.client.errors import UnknownError
from powerstream_desktop.client.live import StartWish
from powerstream_desktop.client.request import Request
from powerstream_desktop.client.wire import RawAnswer
from powerstream_desktop.common.secrets import Secret

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "openapi.json"
REFUSAL = b'{"ok":false,"error":{"code":"not-found","message":"There is none.","hint":"Look again."}}'
KEY = "live_4821_canaryKQ7"

WISHES = {
    "Live": StartWish(stream_key=Secret(KEY)),
    "Endpoints": EndpointWish(name="n", platform="custom", stream_key=Secret(KEY)),
    "Profiles": ProfileWish(name="n"),
    "Stations": StationWish(name="n"),
    "Library": AssetWish(title="t", recorded_at="2026-11-23T20:00:00Z"),
}
VALUES: dict[str, Any] = {
    "changes": {"video.fps": 60},
    "code": Secret("123456"),
    "tokens": LoginWish(access_token=Secret(KEY)),
    "confirm": True,
    "credentials": CredentialsWish(access_key_id="id", secret_access_key=Secret(KEY)),
    "store": StoreWish(kind="s3", access_key_id="id", secret_access_key=Secret(KEY)),
    "command": {},
    "gain_db": -6.0,
    "is_held": True,
    "is_on": True,
    "is_pinned": True,
    "is_watched": True,
    "offset_s": 1.5,
    "passphrase": Secret(KEY),
    "path": "undo",
    "paths": ("/a.mp4",),
    "renew": True,
    "width": 640,
    "height": 360,
    "fps": 30,
    "content": b"x",
}
BY_OTHER_MEANS = {
    ("GET", "/api/events"),  # Client.events
    ("GET", "/api/vod/{}/video"),  # for a player, which asks for ranges by itself
    ("GET", "/live/{}/{}"),  # likewise
    ("GET", "/watch/{}"),  # likewise
    # Adding is a PUT with an id of ours, which may be repeated.
    ("POST", "/api/rtmp/endpoints"),
    ("POST", "/api/multistream/profiles"),
    ("POST", "/api/stations"),
}


class Recorder:
    """Sends nothing: remembers what it should have sent, and says that there is no such thing."""

    def __init__(self) -> None:
        self.sent: list[Request] = []

    def send(self, request: Request, _: Address) -> RawAnswer:
        self.sent.append(request)
        return RawAnswer(status=404, body=REFUSAL)

    def close(self) -> None:
        """Nothing is open."""


def ask_everything() -> list[Request]:
    recorder = Recorder()
    here = KnownAddress(known=Address(url="http://127.0.0.1:1", token=Secret("a-token")))
    client = Client(here, sender=recorder)
    for room in vars(client).values():
        if not type(room).__module__.startswith("powerstream_desktop.client."):
            continue
        if type(room).__name__ in {"ServiceLink", "Client", "KnownAddress"}:
            continue
        for name, method in inspect.getmembers(room, inspect.ismethod):
            if name.startswith("_"):
                continue
            wanted = inspect.signature(method).parameters
            said = {each: _value(type(room).__name__, each) for each in wanted if each != "is_repeatable"}
            with pytest.raises(UnknownError):
                method(**said)
    return recorder.sent


def _value(room: str, parameter: str) -> Any:
    if parameter == "wish":
        return WISHES[room]
    if parameter == "selected_endpoints":
        return ("x", "y")
    return VALUES.get(parameter, "x")


def offered() -> set[tuple[str, str]]:
    paths = json.loads(DOCUMENT.read_text("utf-8"))["paths"]
    return {
        (method.upper(), re.sub(r"\{\w+\}", "{}", path))
        for path, methods in paths.items()
        for method in methods
    }


def test_everything_that_the_api_offers_can_be_asked_for_and_nothing_else() -> None:
    asked = {
        (each.method, re.sub(r"/(x|[0-9a-f]{32})(?=/|$)", "/{}", each.path)) for each in ask_everything()
    }
    studio = {
        each for each in offered() if each[1].startswith("/api/studio/")
    }  # Studio.obey takes any of them
    assert asked - offered() == set()
    assert offered() - asked - studio - BY_OTHER_MEANS == set()


def test_no_secret_is_ever_in_an_address() -> None:
    for request in ask_everything():
        assert KEY not in request.path
        assert KEY not in str(request.parameters)
        assert KEY not in repr(request)


def test_what_is_sent_is_json_and_what_changes_something_has_a_body() -> None:
    for request in ask_everything():
        content = request.content()
        if request.method in {"POST", "PUT", "PATCH"}:
            assert isinstance(json.loads(content or b""), dict)
        else:
            assert content is None
