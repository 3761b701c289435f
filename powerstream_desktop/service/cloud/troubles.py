"""How an error becomes what the window and the API tell of the cloud."""

from __future__ import annotations

from typing import Final

from powerstream_desktop.cloud.object_store.store_troubles import TroubleCode
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.service.store.uploads import UploadTrouble

MISSING: Final = "copy-missing"
DIFFERS: Final = "copy-differs"
NOT_GOOD: Final = "copy-not-good"
_OF_COPIES: Final = frozenset({MISSING, DIFFERS, NOT_GOOD, TroubleCode.DAMAGED.value})


def tells_against_copy(trouble: UploadTrouble) -> bool:
    """Return whether a copy was found to be bad; a store that did not answer, or a disk that was full, says nothing of it."""
    return trouble.code in _OF_COPIES


def trouble_of(error: PowerStreamError) -> UploadTrouble:
    """Return what hinders, in the error's own words; its code is that of the store or of the server, else whose fault it is."""
    code = str(getattr(error, "code", error.fault.value))
    return UploadTrouble(code=code, sentence=error.title, remedy=error.hint)
