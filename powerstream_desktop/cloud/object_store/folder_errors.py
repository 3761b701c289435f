"""Turns what the system says about the store's disk into our words: the one place where the folder meets ``OSError``."""

from __future__ import annotations

import errno
from typing import Final

from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_FORBIDDEN: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_AWAY: Final = frozenset(
    {
        errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.ESTALE, errno.ENOTDIR, errno.EHOSTDOWN, errno.EHOSTUNREACH,
        errno.ENETDOWN, errno.ENETUNREACH, errno.ENOTCONN, errno.ETIMEDOUT,
    }
)  # fmt: skip
NO_LINKS: Final = frozenset(
    {errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL, errno.EMLINK}
)
"""What a disk without hard links says to one: exFAT, FAT and many a network disk."""


def trouble_of(error: OSError) -> StoreTrouble:
    """Return the trouble for an error of the store's disk."""
    code = error.errno or 0
    detail = f"{errno.errorcode.get(code, 'unknown')}: {error.strerror or error}"
    if code in _FULL:
        return StoreTrouble(
            TroubleCode.FULL,
            title="The disk of the store is full.",
            hint="Free some space there. Uploads go on by themselves then.",
            detail=detail,
        )
    if code == errno.EFBIG:
        return StoreTrouble(
            TroubleCode.INVALID,
            title="The disk of the store takes no file of this size.",
            hint="A disk that is formatted with FAT32 ends at 4 GB: use another one, or format it anew.",
            detail=detail,
        )
    if code in _FORBIDDEN:
        return StoreTrouble(
            TroubleCode.REFUSED,
            title="The folder of the store cannot be written to.",
            hint="Choose a folder that you may write to.",
            detail=detail,
        )
    if code in _AWAY:
        return StoreTrouble(TroubleCode.AWAY, detail=detail)
    return StoreTrouble(
        TroubleCode.UNKNOWN,
        title="The disk of the store reports a fault.",
        hint="Check the disk. It is tried again by itself.",
        detail=detail,
    )
