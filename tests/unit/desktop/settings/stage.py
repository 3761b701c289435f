"""A service's rooms that the settings page asks, with the settings as the service really declares them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from powerstream_desktop.client.access import NetworkDoor, OpenPairing, PairedDevice, PairingStatus
from powerstream_desktop.client.cloud import (
    CloudServer,
    CloudStanding,
    CredentialsWish,
    LoginWish,
    StoreWish,
    Trial,
)
from powerstream_desktop.client.errors import RefusedError
from powerstream_desktop.client.reading import read_answer
from powerstream_desktop.client.settings import AllSettings, Value
from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.api.settings import _setting
from powerstream_desktop.service.settings.document import changed, document_of
from powerstream_desktop.service.settings.settings import OPTIONS

SERVER = "https://replays.example.com"


class SettingsRoom:
    """``client.settings``, decided by the service's own declarations."""

    def __init__(self) -> None:
        self.document = document_of({})
        self.changes: list[Mapping[str, Value | None]] = []
        self.asked = 0
        self.on_change: Callable[[Mapping[str, Value]], None] = lambda _values: None
        self.error: UserError | None = None
        self.spoken = ""
        """A language that no user can choose, in the place of the chosen one."""

    def all(self) -> AllSettings:
        if self.error is not None:
            raise self.error
        self.asked += 1
        words = [
            _setting(self.document.settings, each).model_dump(mode="json", by_alias=True)
            for each in OPTIONS.values()
        ]
        for word in words:
            if self.spoken and word["name"] == "appearance.language":
                word["value"] = self.spoken
        return read_answer(AllSettings, {"settings": words, "findings": []}, "answer")

    def change(self, changes: Mapping[str, Value | None]) -> AllSettings:
        self.changes.append(dict(changes))
        try:
            self.document = changed(self.document, changes)
        except UserError as error:
            raise RefusedError(error.title, status=400, code="not-possible", hint=error.hint) from None
        answer = self.all()
        self.on_change({each.name: each.value for each in answer.settings})
        return answer


class AccessRoom:
    """``client.access``."""

    def __init__(self) -> None:
        self.paired: list[PairedDevice] = []
        self.state = "closed"
        self.scope = ""
        self.door = NetworkDoor(words={}, is_wanted=False, is_open=False)

    def devices(self) -> tuple[PairedDevice, ...]:
        return tuple(self.paired)

    def open_pairing(self, scope: str = "control") -> OpenPairing:
        self.state, self.scope = "open", scope
        return OpenPairing(code=Secret("123456"), seconds_left=120)

    def pairing(self) -> PairingStatus:
        return PairingStatus(words={}, state=self.state)

    def close_pairing(self) -> None:
        self.state = "closed"

    def put_out(self, device_id: str) -> None:
        self.paired = [each for each in self.paired if each.id != device_id]

    def network(self) -> NetworkDoor:
        return self.door


class CloudRoom:
    """``client.cloud``, as far as settings go."""

    def __init__(self) -> None:
        self.has_credentials = False
        self.kept: list[CredentialsWish] = []
        self.tried: list[StoreWish] = []
        self.trial = Trial(words={}, is_good=True, steps=())
        self.error: UserError | None = None
        self.server: CloudServer | None = None
        self.logged_in: list[LoginWish] = []

    def standing(self) -> CloudStanding:
        return CloudStanding(words={}, state="idle", has_credentials=self.has_credentials, server=self.server)

    def log_in(self, tokens: LoginWish) -> CloudStanding:
        self._refuse()
        self.logged_in.append(tokens)
        self.server = CloudServer(address=SERVER, has_token=True)
        return self.standing()

    def log_out(self) -> CloudStanding:
        self.server = CloudServer(address=SERVER)
        return self.standing()

    def keep_credentials(self, credentials: CredentialsWish) -> CloudStanding:
        self._refuse()
        self.kept.append(credentials)
        self.has_credentials = True
        return self.standing()

    def forget_credentials(self) -> CloudStanding:
        self.has_credentials = False
        return self.standing()

    def test(self, store: StoreWish) -> Trial:
        self._refuse()
        self.tried.append(store)
        return self.trial

    def _refuse(self) -> None:
        if self.error is not None:
            raise self.error


class FakeService:
    """A client with these rooms."""

    def __init__(self) -> None:
        self.cloud = CloudRoom()
        self.settings = SettingsRoom()
        self.access = AccessRoom()


def device(name: str, **changes: Any) -> PairedDevice:
    given = {
        "words": {}, "id": name, "name": name, "scope": "control",
        "paired_at": datetime(2026, 11, 1, 12, tzinfo=UTC), "expires_at": datetime(2027, 2, 1, tzinfo=UTC), **changes,
    }  # fmt: skip
    return PairedDevice(**given)
