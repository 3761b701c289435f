"""How an error becomes what the window and the API tell of the cloud."""

from __future__ import annotations

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.service.store.uploads import UploadTrouble


def trouble_of(error: PowerStreamError) -> UploadTrouble:
    """Return what hinders, in the error's own words; its code is that of the store or of the server, else whose fault it is."""
    code = str(getattr(error, "code", error.fault.value))
    return UploadTrouble(code=code, sentence=error.title, remedy=error.hint)
