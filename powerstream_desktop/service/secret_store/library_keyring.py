"""The keyrings of Windows and macOS, through the very classes of the ``keyring`` package that speak to them.

The classes are named here, not chosen by the package, whose choice an environment variable or a file can turn to plain text.
Each entry is a service of its own: below one service, Windows would rename entries behind our back.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from keyring.errors import InitError, KeyringLocked, NoKeyringError, PasswordDeleteError

from powerstream_desktop.service.secret_store.port import KeyringState
from powerstream_desktop.service.secret_store.secret_faults import (
    SecretStoreError,
    keyring_absent,
    keyring_failed,
    keyring_locked,
)

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_USER: Final = "powerstream"


class LibraryKeyring:
    """A keyring behind a class of the ``keyring`` package.

    Args:
        backend: the class's object.
        name: what people call it.
    """

    def __init__(self, backend: KeyringBackend, name: str) -> None:
        self._backend = backend
        self._name = name

    @property
    def name(self) -> str:
        """What people call it."""
        return self._name

    def state(self) -> KeyringState:
        """Return that it is there: these systems unlock theirs at login, and tell no more without asking."""
        return KeyringState.AVAILABLE

    def read(self, entry: str) -> str | None:
        """Return a text, ``None`` when there is none."""
        try:
            return self._backend.get_password(_service(entry), _USER)
        except Exception as error:  # noqa: BLE001 - Windows's has no common base
            raise _translated(error) from None

    def write(self, entry: str, text: str) -> None:
        """Keep a text, in the place of an older one."""
        try:
            self._backend.set_password(_service(entry), _USER, text)
        except Exception as error:  # noqa: BLE001 - Windows's has no common base
            raise _translated(error) from None

    def erase(self, entry: str) -> None:
        """Remove a text; harmless when there is none."""
        try:
            self._backend.delete_password(_service(entry), _USER)
        except PasswordDeleteError:
            return  # there was none; if it is still there, the store finds it when it looks again
        except Exception as error:  # noqa: BLE001 - Windows's has no common base
            raise _translated(error) from None


def windows_keyring() -> LibraryKeyring:
    """Return Windows's Credential Manager; entries stay on this computer, and do not roam."""
    from keyring.backends.Windows import WinVaultKeyring

    backend = WinVaultKeyring()  # type: ignore[no-untyped-call]
    backend.persist = "local machine"
    return LibraryKeyring(backend, "Windows's Credential Manager")


def mac_keyring() -> LibraryKeyring:
    """Return the login keychain of macOS."""
    from keyring.backends.macOS import Keyring

    backend = Keyring()  # type: ignore[no-untyped-call]
    return LibraryKeyring(backend, "the keychain of macOS")


def _service(entry: str) -> str:
    return f"powerstream/{entry}"


def _translated(error: Exception) -> SecretStoreError:
    """Return what a foreign error means; the one place that says so. Its text is left out: it may quote the value."""
    if isinstance(error, KeyringLocked):
        return keyring_locked(type(error).__name__)
    if isinstance(error, NoKeyringError | InitError):
        return keyring_absent(type(error).__name__)
    return keyring_failed(f"{type(error).__name__} on {sys.platform}")
