"""A PowerStream server in memory, which does as it should unless it is told to do otherwise."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from powerstream_desktop.cloud.backend.account import Account
from powerstream_desktop.cloud.backend.backend_troubles import BackendCode, BackendTrouble
from powerstream_desktop.cloud.backend.backend_wire import WireAnswer, WireRequest
from powerstream_desktop.cloud.backend.backend_words import Registration
from powerstream_desktop.cloud.backend.tokens import Tokens
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.cloud.uploads.upload_states import UploadState
from powerstream_desktop.common.secrets import Secret

URL = "https://replays.example.com"
ACCOUNT = Account(url=URL, name="first")
OTHER = Account(url=URL, name="second")
ASSET_ID = "01JD2Q3R4S5T6V7W8X9Y0ZABCD"
SHA256 = "ab" * 32
NOW_S = 1_800_000_000.0

Fault = Callable[[WireRequest, Callable[[], WireAnswer]], WireAnswer]
"""What it does with a request instead; it may have it done all the same."""


class ScriptedServer:
    """Answers requests; for any thread.

    Args:
        now_s: its clock.
    """

    def __init__(self, now_s: float = NOW_S) -> None:
        self.now_s = now_s
        self.replays: dict[str, dict[str, Any]] = {}
        self.good_tokens = {"good"}
        self.refreshes: dict[str, tuple[str, str]] = {}
        """Each good once: leads to a token and the next one."""
        self.faults: list[Fault] = []
        """For the next requests, one each."""
        self.requests: list[WireRequest] = []
        self.made: list[str] = []
        self.page_size = 2
        self._lock = threading.RLock()

    def send(self, request: WireRequest) -> WireAnswer:
        """Answer a request."""
        with self._lock:
            self.requests.append(request)
            if self.faults:
                return self.faults.pop(0)(request, lambda: self._answer(request))
            return self._answer(request)

    def put_in(self, asset_id: str = ASSET_ID, **changes: Any) -> None:
        """Have a replay there, or change one."""
        known = self.replays.get(asset_id, {"id": asset_id, "revision": "r0", **_WORDS})
        self.replays[asset_id] = {**known, **changes, "revision": _next(known["revision"])}

    def asked(self, method: str) -> list[WireRequest]:
        """Return the requests of a method."""
        return [each for each in self.requests if each.method == method]

    # Inside.

    def _answer(self, request: WireRequest) -> WireAnswer:
        parts = urlsplit(request.url)
        if parts.path == "/api/auth/refresh":
            return self._refresh(json.loads(request.body or b"{}"))
        if request.token is None or request.token.reveal() not in self.good_tokens:
            return self._say(401, {"ok": False})
        asset_id = parts.path.removeprefix("/api/vod").strip("/")
        if not asset_id:
            return self._list(parse_qs(parts.query))
        if request.method == "PUT":
            return self._put(asset_id, request)
        if request.method == "DELETE":
            return self._delete(asset_id, request)
        known = self.replays.get(asset_id)
        return self._say(404, {}) if known is None else self._say(200, {"ok": True, "asset": known})

    def _put(self, asset_id: str, request: WireRequest) -> WireAnswer:
        known, wish = self.replays.get(asset_id), json.loads(request.body or b"{}")
        if known is not None and known["sha256"] not in {None, wish["sha256"]}:
            return self._say(409, {"ok": False})
        wanted = request.headers.get("If-Match")
        is_changed = known is not None and (
            "If-None-Match" in request.headers or wanted not in {None, f'"{known["revision"]}"'}
        )
        if is_changed:
            return self._say(412, {"ok": False})
        if known is None:
            self.made.append(asset_id)
        self.put_in(asset_id, **wish)
        return self._say(201 if known is None else 200, {"ok": True, "asset": self.replays[asset_id]})

    def _delete(self, asset_id: str, request: WireRequest) -> WireAnswer:
        known = self.replays.get(asset_id)
        if known is None:
            return self._say(404, {"ok": False})
        if request.headers.get("If-Match") not in {None, f'"{known["revision"]}"'}:
            return self._say(412, {"ok": False})
        del self.replays[asset_id]
        return self._say(200, {"ok": True})

    def _list(self, asked: dict[str, list[str]]) -> WireAnswer:
        ids = sorted(self.replays)
        first = int(asked.get("cursor", ["0"])[0])
        end = first + self.page_size
        rows = [self.replays[each] for each in ids[first:end]]
        return self._say(200, {"assets": rows, "nextCursor": str(end) if end < len(ids) else None})

    def _refresh(self, words: dict[str, Any]) -> WireAnswer:
        pair = self.refreshes.pop(words["refreshToken"], None)
        if pair is None:
            return self._say(401, {"ok": False})
        self.good_tokens = {pair[0]}
        return self._say(200, {"accessToken": pair[0], "refreshToken": pair[1]})

    def _say(self, status: int, words: dict[str, Any]) -> WireAnswer:
        return WireAnswer(status=status, body=json.dumps(words).encode(), date_s=self.now_s)


class MemoryPlace:
    """A keyring in memory."""

    def __init__(self) -> None:
        self.kept: list[Tokens] = []

    def keep(self, tokens: Tokens) -> None:
        """Keep them."""
        self.kept.append(tokens)


def tokens(access: str = "good", refresh: str | None = None, account: Account = ACCOUNT) -> Tokens:
    """Return tokens of these words."""
    return Tokens(
        account=account, access=Secret(access), refresh=None if refresh is None else Secret(refresh)
    )


def jwt(begins_s: float, ends_s: float, name: str = "me") -> str:
    """Return what looks like a token of that life, signed by nobody."""
    claims = json.dumps({"iat": begins_s, "exp": ends_s, "sub": name}).encode()
    return f"e30.{base64.urlsafe_b64encode(claims).decode().rstrip('=')}.c2lnbmVk"


def registration(**changes: Any) -> Registration:
    """Return what is said of the replay of these tests."""
    said: dict[str, Any] = {
        "asset_id": ASSET_ID,
        "title": "A show",
        "description": "",
        "recorded_at": datetime(2026, 11, 1, 20, 0, tzinfo=UTC),
        "duration_ms": 61_000,
        "station_id": None,
        "size_bytes": 4096,
        "sha256": SHA256,
    }
    return Registration(**(said | changes))


def uploaded(**changes: Any) -> UploadRecord:
    """Return the record of its upload, which was verified."""
    known: dict[str, Any] = {
        "asset_id": ASSET_ID,
        "suffix": ".mp4",
        "state": UploadState.VERIFIED,
        "key": f"vod/{ASSET_ID}/{SHA256[:16]}.mp4",
        "size_bytes": 4096,
        "part_bytes": 4096,
        "sha256": SHA256,
        "verified_at_ms": 1,
        "level": 1,
    }
    return UploadRecord(**(known | changes))


def failing(_request: WireRequest, _do: Callable[[], WireAnswer]) -> WireAnswer:
    """Do nothing, and say that something failed."""
    return WireAnswer(status=500, body=b"<html>")


def failing_after_all(_request: WireRequest, do: Callable[[], WireAnswer]) -> WireAnswer:
    """Do it, and say that something failed."""
    do()
    return WireAnswer(status=500, body=b"<html>")


def losing_the_answer(_request: WireRequest, do: Callable[[], WireAnswer]) -> WireAnswer:
    """Do it, and say nothing."""
    do()
    raise BackendTrouble(BackendCode.FAILED, detail="time-out")


def unreachable(_request: WireRequest, _do: Callable[[], WireAnswer]) -> WireAnswer:
    """Be away."""
    raise BackendTrouble(BackendCode.UNREACHABLE)


def as_usual(_request: WireRequest, do: Callable[[], WireAnswer]) -> WireAnswer:
    """Do as it should."""
    return do()


def saying(status: int, words: Any) -> Fault:
    """Return what answers so whatever is asked."""

    def say(_request: WireRequest, _do: Callable[[], WireAnswer]) -> WireAnswer:
        return WireAnswer(
            status=status, body=words if isinstance(words, bytes) else json.dumps(words).encode()
        )

    return say


def _next(revision: str) -> str:
    return f"r{int(revision[1:]) + 1}"


_WORDS = {
    "title": "A show",
    "description": "",
    "stationId": None,
    "sizeBytes": 4096,
    "sha256": SHA256,
}
