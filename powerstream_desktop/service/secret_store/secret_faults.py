"""What may go wrong with kept secrets, in words for people; the only place where these words stand."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from powerstream_desktop.common.errors import SystemFault, UserError


class SecretTrouble(StrEnum):
    """What is wrong; the value is the code that scripts see."""

    ABSENT = "keyring-absent"
    LOCKED = "keyring-locked"
    SILENT = "keyring-silent"
    FAILED = "keyring-failed"
    DAMAGED = "secrets-damaged"
    NEWER = "secrets-newer"
    DISK = "secrets-disk"
    SEALED = "passphrase-needed"


class SecretStoreError(SystemFault):
    """A secret cannot be kept or found.

    Args:
        trouble: what is wrong.
    """

    def __init__(self, title: str, *, trouble: SecretTrouble, hint: str, detail: str = "") -> None:
        super().__init__(title, hint=hint, detail=detail)
        self.trouble = trouble


class WrongPassphraseError(UserError):
    """The file of secrets is sound, but sealed with another passphrase."""

    def __init__(self) -> None:
        super().__init__(
            "This is not the passphrase of the stored keys.",
            hint="Try again; mind capital letters and the keyboard's language.",
        )


def keyring_absent(detail: str = "") -> SecretStoreError:
    """No keyring runs here."""
    return SecretStoreError(
        "There is no keyring to keep keys in.",
        trouble=SecretTrouble.ABSENT,
        hint="Keep them for this run only, or in a file sealed with a passphrase; or log in to a desktop with a keyring.",
        detail=detail,
    )


def keyring_locked(detail: str = "") -> SecretStoreError:
    """It is locked, and its owner did not unlock it."""
    return SecretStoreError(
        "The keyring is locked.",
        trouble=SecretTrouble.LOCKED,
        hint="Unlock it with your password, then try again.",
        detail=detail,
    )


def keyring_silent(answer_s: float) -> SecretStoreError:
    """It has not answered; mostly its window waits for a password."""
    return SecretStoreError(
        f"The keyring has not answered for {answer_s:.0f} seconds.",
        trouble=SecretTrouble.SILENT,
        hint="It may be waiting for your password in a window of its own; unlock it there, then try again.",
    )


def keyring_failed(detail: str) -> SecretStoreError:
    """It answered, but not with what was asked for.

    Args:
        detail: for the log; never what was to be kept.
    """
    return SecretStoreError(
        "The keyring did not keep or return the key.",
        trouble=SecretTrouble.FAILED,
        hint="Try again; restart the keyring or the computer if it stays so.",
        detail=detail,
    )


def secrets_damaged(path: Path, detail: str) -> SecretStoreError:
    """A file of secrets is not as it was written."""
    return SecretStoreError(
        f"The stored keys in {path} are damaged.",
        trouble=SecretTrouble.DAMAGED,
        hint="Bring the file back from a backup, or enter the keys again.",
        detail=detail,
    )


def secrets_newer(path: Path) -> SecretStoreError:
    """A later version of this program wrote the file."""
    return SecretStoreError(
        f"The stored keys in {path} were written by a newer version of PowerStream.",
        trouble=SecretTrouble.NEWER,
        hint="Install that version again.",
    )


def secrets_disk(path: Path, error: OSError) -> SecretStoreError:
    """The disk refused."""
    return SecretStoreError(
        f"Keys cannot be stored in {path}: {error.strerror or 'the disk refuses'}.",
        trouble=SecretTrouble.DISK,
        hint="Make room there, or give yourself the right to write.",
        detail=repr(error),
    )


def passphrase_needed(detail: str) -> SecretStoreError:
    """The keys are in a sealed file, and nobody has opened it since the start."""
    return SecretStoreError(
        "The stored keys are sealed with a passphrase.",
        trouble=SecretTrouble.SEALED,
        hint="Enter the passphrase of the stored keys, then try again.",
        detail=detail,
    )


def not_the_same(place: str) -> SecretStoreError:
    """A place that keys were moved to gave something else back.

    Args:
        place: for people.
    """
    return SecretStoreError(
        f"A key came back from {place} other than it went in; all keys stay where they were.",
        trouble=SecretTrouble.FAILED,
        hint="Choose another place, or try again.",
    )
