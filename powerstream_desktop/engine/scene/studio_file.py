"""The studio on disk: one JSON file, written whole and at once after every edit, so that a crash costs none of them."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from powerstream_desktop.common.errors import PowerStreamError, SystemFault
from powerstream_desktop.common.whole_file import replace_file
from powerstream_desktop.engine.scene.starting_studio import starting_studio
from powerstream_desktop.engine.scene.studio import Studio

log = logging.getLogger(__name__)

VERSION = 1
_STUDIO = TypeAdapter(Studio)


@dataclass(frozen=True, slots=True)
class ReadStudio:
    """What was found on disk; ``trouble`` is a sentence for the user when it was not what it should be."""

    studio: Studio
    trouble: str = ""


def read_studio(path: Path) -> ReadStudio:
    """Return the studio of a file, or that of the first start.

    A file that is damaged, or of a newer version, is kept beside it under another name and never written over.

    Raises:
        SystemFault: the file cannot be read, or not be put aside.
    """
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return ReadStudio(starting_studio())
    except UnicodeDecodeError:
        return _put_aside(path, "is not a text file")
    except OSError as error:
        raise SystemFault(f"The scenes in {path} cannot be read.", detail=str(error)) from error
    try:
        value = json.loads(text)
        if not isinstance(value, dict) or not isinstance(value.get("version"), int):
            return _put_aside(path, "is damaged")
        if value["version"] > VERSION:
            return _put_aside(path, "was written by a newer version of PowerStream")
        return ReadStudio(_STUDIO.validate_python(value.get("studio")))
    except (ValueError, RecursionError, ValidationError, PowerStreamError) as error:
        log.info("The scenes in %s cannot be used: %s", path, type(error).__name__)
        return _put_aside(path, "is damaged")


def write_studio(path: Path, studio: Studio) -> None:
    """Write the studio so that a crash at any instant leaves the old one or the new one.

    Raises:
        SystemFault: the disk is full, or the folder cannot be written to.
    """
    value = {"version": VERSION, "studio": _STUDIO.dump_python(studio, mode="json")}
    try:
        replace_file(path, json.dumps(value, indent=1).encode())
    except OSError as error:
        raise SystemFault(
            "Your scenes could not be saved.",
            hint="See whether the disk is full; the scenes on air are not affected.",
            detail=str(error),
        ) from error


def _put_aside(path: Path, why: str) -> ReadStudio:
    number = 1
    while (aside := path.with_name(f"{path.stem}.kept-{number}{path.suffix}")).exists():
        number += 1
    try:
        path.rename(aside)
    except OSError as error:
        raise SystemFault(
            f"The file of your scenes {why}, and cannot be put aside.", detail=str(error)
        ) from error
    return ReadStudio(
        starting_studio(),
        f"The file of your scenes {why}. It was kept as {aside.name}; these are the scenes of a first start.",
    )
