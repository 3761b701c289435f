"""The keyring of a Linux desktop: GNOME Keyring, KWallet and KeePassXC speak the same D-Bus language (Secret Service).

Spoken to directly, never through whatever class the ``keyring`` package would choose: an environment variable can make that a
file in plain text (reliability_security.md 3.10).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Final

import secretstorage
from jeepney import DBusErrorResponse
from secretstorage.exceptions import (
    ItemNotFoundException,
    LockedException,
    PromptDismissedException,
    SecretServiceNotAvailableException,
    SecretStorageException,
)

from powerstream_desktop.service.secret_store.port import KeyringState
from powerstream_desktop.service.secret_store.secret_faults import (
    SecretStoreError,
    SecretTrouble,
    keyring_absent,
    keyring_failed,
    keyring_locked,
)

if TYPE_CHECKING:
    from jeepney.io.blocking import DBusConnection

_APPLICATION: Final = "powerstream"


class SecretServiceKeyring:
    """The default collection of the session's Secret Service; each call connects anew, because a desktop may restart it."""

    @property
    def name(self) -> str:
        """What people call it."""
        return "the desktop's keyring (Secret Service)"

    def state(self) -> KeyringState:
        """Look how it stands, without a dialog. One that has no collection yet will ask for a password, as a locked one does."""
        try:
            with _bus() as bus:
                if not secretstorage.check_service_availability(bus):
                    return KeyringState.ABSENT
                locked = secretstorage.Collection(bus).is_locked()
                return KeyringState.LOCKED if locked else KeyringState.AVAILABLE
        except SecretStoreError as error:
            locked = error.trouble is SecretTrouble.LOCKED
            return KeyringState.LOCKED if locked else KeyringState.ABSENT

    def read(self, entry: str) -> str | None:
        """Return a text, ``None`` when there is none."""
        with _unlocked_collection() as collection:
            item = _find(collection, entry)
            return None if item is None else item.get_secret().decode("utf-8")

    def write(self, entry: str, text: str) -> None:
        """Keep a text, in the place of an older one."""
        with _unlocked_collection() as collection:
            label = f"PowerStream: {entry}"
            collection.create_item(label, _attributes(entry), text.encode("utf-8"), replace=True)

    def erase(self, entry: str) -> None:
        """Remove a text; harmless when there is none."""
        with _unlocked_collection() as collection:
            if (item := _find(collection, entry)) is not None:
                item.delete()


def _attributes(entry: str) -> dict[str, str]:
    return {"application": _APPLICATION, "entry": entry}


def _find(collection: secretstorage.Collection, entry: str) -> secretstorage.Item | None:
    item = next(iter(collection.search_items(_attributes(entry))), None)
    if item is not None and item.is_locked() and item.unlock():
        raise keyring_locked("the prompt for an item was dismissed")
    return item


@contextmanager
def _unlocked_collection() -> Iterator[secretstorage.Collection]:
    """Give the default collection; asks its owner to unlock or make it, and waits for the answer, however long."""
    with _bus() as bus:
        collection = secretstorage.get_default_collection(bus)
        if collection.is_locked() and collection.unlock():
            raise keyring_locked("the prompt was dismissed")
        yield collection


@contextmanager
def _bus() -> Iterator[DBusConnection]:
    """Connect to the session's bus. The one place where its errors become ours."""
    try:
        with closing(_connect()) as bus:
            yield bus
    except SecretServiceNotAvailableException as error:
        raise keyring_absent(str(error)) from error
    except (LockedException, PromptDismissedException) as error:
        raise keyring_locked(str(error)) from error
    except ItemNotFoundException as error:
        # No default collection when its state was looked at; or an item that somebody removes this very moment.
        raise keyring_locked(f"no collection: {error}") from error
    except UnicodeDecodeError:
        raise keyring_failed("an item that is no text") from None  # the error would quote it
    except (SecretStorageException, DBusErrorResponse, OSError, AssertionError, ValueError) as error:
        raise keyring_failed(f"{type(error).__name__}: {error}") from error


def _connect() -> DBusConnection:
    try:
        return secretstorage.dbus_init()
    except OSError as error:  # an address without a bus behind it
        raise keyring_absent(repr(error)) from error
