"""What the database holds in a secret's place."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from typing import Final

from powerstream_desktop.common.errors import BugError

_NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,79}")
"""Becomes a file's name and a keyring's attribute, so nothing but these characters."""


@dataclass(frozen=True, slots=True)
class SecretReference:
    """Names one secret, and tells nothing about it.

    Attributes:
        name: as kept in the database.

    Raises:
        BugError: we never made such a name.
    """

    name: str

    def __post_init__(self) -> None:
        if _NAME.fullmatch(self.name) is None:
            raise BugError("This is not the reference of a secret.", detail=f"{len(self.name)} characters")


def new_reference(kind: str) -> SecretReference:
    """Return a reference that was never used.

    Args:
        kind: what it is for, such as "endpoint"; a person who looks into the keyring sees it.
    """
    return SecretReference(f"{kind}-{uuid.uuid4().hex}")
