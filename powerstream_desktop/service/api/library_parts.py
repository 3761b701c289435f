"""What becomes of replays: the parts of the service behind the routes of ``/api/vod``."""

from __future__ import annotations

from dataclasses import dataclass

from powerstream_desktop.service.vod.library_bin import LibraryBin
from powerstream_desktop.service.vod.library_folders import LibraryFolders
from powerstream_desktop.service.vod.played_films import PlayedFilms
from powerstream_desktop.service.vod.vod_service import VODService


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryParts:
    """Parts of the library; all are started.

    Attributes:
        vod: told of every change.
        bin: where removed replays go.
        folders: where their files are.
        played: which of them somebody plays.
    """

    vod: VODService
    bin: LibraryBin
    folders: LibraryFolders
    played: PlayedFilms
