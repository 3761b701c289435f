"""``service.json``: how windows and scripts of this user find the running service, and its token (DESIGN 2).

It lies in the runtime folder, for this user only, and is written whole. Whether it is still true tells the home's lock: the system
takes that from a service that died, while a process number may belong to somebody else by now.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.common.frozen_json import MalformedError, from_json, parse_json, to_json, write_json
from powerstream_desktop.common.home_lock import is_home_served
from powerstream_desktop.common.private_file import NotPrivateError, read_private_file
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.common.whole_file import replace_file

FILE_NAME: Final = "service.json"
MAX_BYTES: Final = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFile:
    """Where a service is, and what opens it.

    Attributes:
        url: without a slash at its end, such as ``http://127.0.0.1:5001``.
        token: allows everything; as long as that service runs.
        pid: of the service.
        version: of the program.
        started_at_s: Unix time.
    """

    url: str
    token: Secret
    pid: int
    version: str
    started_at_s: int


def write_service_file(runtime: Path, service: ServiceFile) -> None:
    """Say where we are. Call it while the home's lock is held. Blocks as the disk does.

    Raises:
        SystemFault: the disk refused.
    """
    content = write_json(to_json(service, reveals_secrets=True)).encode()
    try:
        replace_file(runtime / FILE_NAME, content)
    except OSError as error:
        raise _unusable(runtime / FILE_NAME, error.strerror or "the disk refuses", repr(error)) from error


def remove_service_file(runtime: Path) -> None:
    """Say that we are gone. Call it while the home's lock is held; harmless when there is no file, or it cannot be removed."""
    try:
        (runtime / FILE_NAME).unlink(missing_ok=True)
    except OSError:
        return  # the lock says the same in a moment


def find_service(runtime: Path) -> ServiceFile | None:
    """Return the running service, ``None`` when none runs: there is no file, or it was left by one that died.

    Raises:
        SystemFault: the file is somebody else's, others may read it, or it is no such file; following it could lead anywhere.
    """
    path = runtime / FILE_NAME
    try:
        content = read_private_file(path, MAX_BYTES)
    except FileNotFoundError:
        return None
    except NotPrivateError:
        raise _unusable(path, "it is not this user's alone") from None
    except OSError as error:
        raise _unusable(path, error.strerror or "it is no file", repr(error)) from error
    if not is_home_served(runtime):
        return None
    try:
        service: Any = from_json(ServiceFile, parse_json(content))
    except MalformedError as error:
        raise _unusable(path, "it is damaged", str(error)) from None
    return service if isinstance(service, ServiceFile) else None


def _unusable(path: Path, why: str, detail: str = "") -> SystemFault:
    return SystemFault(
        f"{path} cannot be used: {why}.", hint="Delete it and start PowerStream again.", detail=detail
    )
