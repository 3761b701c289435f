"""Where things live: five folders, one of them movable by ``POWERSTREAM_HOME``, all private to the user.

The runtime folder holds what grants control of a running service (its token), so it is not merely created private: a
folder of that name that somebody else made first is refused (reliability_security.md 3.13, S28).
"""

from __future__ import annotations

import os
import stat
import sys
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from powerstream_desktop.common.errors import SystemFault, UserError

HOME_VARIABLE = "POWERSTREAM_HOME"
PRIVATE_MODE = 0o700

_APP = "powerstream"
_RECORDINGS = "PowerStream"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """The folders of one installation; all absolute, none of them created before ``ensure``."""

    config: Path
    data: Path
    recordings: Path
    runtime: Path
    logs: Path

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Paths:
        """Return the folders that ``environ`` asks for.

        Args:
            environ: usually ``os.environ``. Only ``POWERSTREAM_HOME`` is read from it; without it the system's own
                places are used, which the platform looks up by itself.

        Raises:
            UserError: ``POWERSTREAM_HOME`` cannot be a folder's name.
        """
        home = environ.get(HOME_VARIABLE, "")
        return cls._below(home) if home else cls._of_the_system()

    @classmethod
    def _below(cls, home: str) -> Paths:
        try:
            root = Path(home).expanduser().absolute()
        except RuntimeError as error:
            raise UserError(
                f"{HOME_VARIABLE} names the home of a user who does not exist.", hint="Give a full path."
            ) from error
        if "\0" in home:
            raise UserError(f"{HOME_VARIABLE} is not a folder's name.", hint="Give a full path.")
        return cls(
            config=root / "config",
            data=root / "data",
            recordings=root / "recordings",
            runtime=root / "runtime",
            logs=root / "logs",
        )

    @classmethod
    def _of_the_system(cls) -> Paths:
        system = platformdirs.PlatformDirs(_APP, appauthor=False)
        with warnings.catch_warnings():
            # Without a login session platformdirs falls back to the temporary folder and warns; ensure() checks it.
            warnings.simplefilter("ignore")
            runtime = system.user_runtime_path
        return cls(
            config=system.user_config_path,
            data=system.user_data_path,
            recordings=system.user_videos_path / _RECORDINGS,
            runtime=runtime,
            logs=system.user_log_path,
        )

    def ensure(self) -> None:
        """Create what is missing, readable by this user only.

        Raises:
            SystemFault: a folder cannot be made, or the runtime folder belongs to somebody else.
        """
        for folder in (self.config, self.data, self.recordings, self.runtime, self.logs):
            _create_private(folder)
        _require_private(self.runtime)


def _create_private(folder: Path) -> None:
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        for path in reversed(missing):
            path.mkdir(mode=PRIVATE_MODE, exist_ok=True)
        if not folder.is_dir():
            raise NotADirectoryError(folder)
    except OSError as error:
        raise SystemFault(
            f"The folder {folder} cannot be made: {error.strerror or 'it is a file'}.",
            hint=f"Free that place, or set {HOME_VARIABLE} to a folder that can be written.",
            detail=repr(error),
        ) from error


def _require_private(folder: Path) -> None:
    if sys.platform == "win32":  # the profile folder's access list already keeps others out
        return
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid():
        raise SystemFault(
            f"The runtime folder {folder} belongs to another user.",
            hint=f"Remove it, or set {HOME_VARIABLE} to a folder of your own.",
        )
    if stat.S_IMODE(status.st_mode) & 0o077:
        folder.chmod(PRIVATE_MODE)
