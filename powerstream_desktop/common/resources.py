"""Where the files of ``resources/`` are: the one place that knows how the program was installed.

In a checkout they stand beside the package. An installed wheel and a frozen application carry them inside the package (the
build maps the folder there, see ``setup.py``), so both are found without asking how they were made.
"""

from __future__ import annotations

from pathlib import Path

import powerstream_desktop
from powerstream_desktop.common.errors import BugError

FOLDER = "resources"


def resource_path(name: str, package: Path = Path(powerstream_desktop.__file__).parent) -> Path:
    """Return the path of a file or folder below ``resources/``, such as "platforms.toml".

    Args:
        name: its path there, with ``/`` between folders.
        package: folder of the package ``powerstream_desktop``.

    Raises:
        BugError: this installation lacks it.
    """
    for folder in (package / FOLDER, package.parent / FOLDER):
        path = folder / name
        if path.exists():
            return path
    raise BugError(f"This installation lacks its file {name}.", hint="Install PowerStream again.")
