"""The pictures of the documents: what each shows, how it is made, and whether it is older than the code it shows.

python -m tests.pictures.documents                # takes all anew, into docs/images; two minutes of a computer with nothing else to do
python -m tests.pictures.documents go-live.png    # takes this one
python -m tests.pictures.documents --check        # names those that are older than their code; exit code 1 if there are any
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
FOLDER: Final = ROOT / "docs" / "images"
MANIFEST: Final = FOLDER / "pictures.json"
_LOOKS: Final = (
    "powerstream_desktop/desktop/kit",
    "powerstream_desktop/desktop/look",
    "powerstream_desktop/desktop/shell",
    "resources/icons",
    "resources/themes",
)
"""What every picture of the window shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture of the documents.

    Attributes:
        shot: its name in the tour of screenshots; empty for one that is drawn by a module of this folder.
        shows: files and folders of code that can be seen in it.
    """

    shot: str
    shows: tuple[str, ...]


PICTURES: Final[Mapping[str, Picture]] = {
    "studio.png": Picture(shot="studio-trouble", shows=("powerstream_desktop/desktop/studio", *_LOOKS)),
    "go-live.png": Picture(shot="go-live", shows=("powerstream_desktop/desktop/golive", *_LOOKS)),
    "report.png": Picture(shot="report", shows=("powerstream_desktop/desktop/sessions", *_LOOKS)),
    "rehearsal.svg": Picture(
        shot="", shows=("powerstream_desktop/cli/status_table.py", "powerstream_desktop/cli/lights.py")
    ),
}


def code_digest(picture: Picture, root: Path = ROOT) -> str:
    """Return the digest of what a picture shows: of its lines, so that comments, blank lines and indentation may change.

    Args:
        picture: whose.
        root: of the tree.
    """
    digest = hashlib.sha256()
    for shown in picture.shows:
        path = root / shown
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(b"\0".join(_lines(file)))
    return digest.hexdigest()[:16]


def _lines(file: Path) -> Iterator[bytes]:
    for line in file.read_bytes().splitlines():
        words = line.strip()
        if words and not words.startswith(b"#"):
            yield words


def picture_digest(name: str) -> str:
    """Return the digest of a picture itself."""
    return hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()[:16]


def read_manifest() -> dict[str, dict[str, str]]:
    """Return what was noted when each picture was taken: its own digest, and that of the code."""
    noted: dict[str, dict[str, str]] = json.loads(MANIFEST.read_text("utf-8"))
    return noted


def older_than_code() -> list[str]:
    """Return the pictures whose code was changed since."""
    noted = read_manifest()
    return [name for name, picture in PICTURES.items() if noted[name]["code"] != code_digest(picture)]


def take(names: Collection[str]) -> None:
    """Take pictures, and note what they show."""
    noted = read_manifest()
    with tempfile.TemporaryDirectory() as folder:
        if shots := {name: PICTURES[name].shot for name in names if PICTURES[name].shot}:
            _run("tests.e2e.screenshots", folder, *shots.values())
        for name in names:
            if name in shots:
                shutil.copyfile(Path(folder) / f"{shots[name]}.png", FOLDER / name)
            else:
                _run("tests.pictures.rehearsal")
            noted[name] = {"code": code_digest(PICTURES[name]), "picture": picture_digest(name)}
    MANIFEST.write_text(json.dumps(noted, indent=1) + "\n", "utf-8")


def _run(module: str, *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", module, *arguments], cwd=ROOT, check=True)


def main(arguments: list[str]) -> int:
    """Do what the command line says; return the exit code."""
    match arguments:
        case ["--check"]:
            old = older_than_code()
            sys.stdout.write("".join(f"{name} is older than the code it shows.\n" for name in old))
            return 1 if old else 0
        case names if set(names) <= PICTURES.keys():
            take(names or list(PICTURES))
            return 0
        case _:
            sys.stdout.write(f"{__doc__}\n")
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
