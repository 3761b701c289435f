"""Pictures of every page, sheet and state of the window, from a real service: ``python -m tests.e2e.screenshots FOLDER``.

With words behind the folder only those pictures are made whose names hold one of them. The exit code is 1 when a picture could not be made.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.e2e.screenshots.album import Album
from tests.e2e.screenshots.tour import TOURS
from tests.e2e.support.stage import Stage


def main(arguments: list[str]) -> int:
    """Do what the command line says; return the exit code."""
    if not arguments or arguments[0].startswith("-"):
        sys.stdout.write(f"{__doc__}\n")
        return 2
    album = Album(Path(arguments[0]).resolve(), wanted=tuple(arguments[1:]))
    for tour in TOURS:
        if album.wants(tour.names):
            with tempfile.TemporaryDirectory(prefix="powerstream-") as folder:
                stage = Stage(Path(folder))
                try:
                    tour.take(stage, album)
                finally:
                    stage.close()
    return album.conclude()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
