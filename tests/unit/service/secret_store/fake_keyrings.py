"""Keyrings of a test's own: one that keeps, and ones that fail as real ones do."""

from __future__ import annotations

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

from powerstream_desktop.service.secret_store.port import KeyringState
from powerstream_desktop.service.secret_store.secret_faults import keyring_failed, keyring_locked

WINDOWS_BLOB_BYTES = 2560


class FakeKeyring:
    """Keeps texts in a dict, and no longer ones than Windows does."""

    name = "a fake"

    def __init__(self) -> None:
        self.items: dict[str, str] = {}
        self.stands = KeyringState.AVAILABLE
        self.alters = ""
        self.is_forgetful = True

    def state(self) -> KeyringState:
        return self.stands

    def read(self, entry: str) -> str | None:
        self._require_unlocked()
        return self.items.get(entry)

    def write(self, entry: str, text: str) -> None:
        self._require_unlocked()
        if len(text.encode("utf-16-le")) > WINDOWS_BLOB_BYTES:
            raise keyring_failed("error 1783: the stub received bad data")
        self.items[entry] = text + self.alters

    def erase(self, entry: str) -> None:
        self._require_unlocked()
        if self.is_forgetful:
            self.items.pop(entry, None)

    def _require_unlocked(self) -> None:
        if self.stands is KeyringState.LOCKED:
            raise keyring_locked()


class FakeBackend(KeyringBackend):
    """Stands in for a class of the ``keyring`` package."""

    priority = 1.0

    def __init__(self) -> None:
        self.items: dict[tuple[str, str], str] = {}
        self.raises: Exception | None = None

    def get_password(self, service: str, username: str) -> str | None:
        self._fail()
        return self.items.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._fail()
        self.items[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._fail()
        if self.items.pop((service, username), None) is None:
            raise PasswordDeleteError("No such password!")

    def _fail(self) -> None:
        if self.raises is not None:
            raise self.raises
