"""What a folder of recordings says of itself: each video, with what lies beside it, and from it the library anew.

A recording that is still being written, or that a crash has left, is no replay: its name says so.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from powerstream_desktop.common.errors import PowerStreamError, SystemFault
from powerstream_desktop.common.stored_film import is_stored_film
from powerstream_desktop.library.sidecar import SIDECAR_SUFFIX, Sidecar, read_sidecar, sidecar_path

VIDEO_SUFFIXES: Final = frozenset(
    {".mp4", ".m4v", ".mov", ".mkv", ".webm", ".flv", ".ts", ".mts", ".m2ts", ".3gp"}
)
"""What files of a folder are looked at as videos; an import takes the same, so that its copies are found again."""
_UNFINISHED: Final = re.compile(r".*\.recording\.[a-z0-9]+", re.IGNORECASE)
_DATE: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)[ _T](\d\d)[-.:](\d\d)[-.:](\d\d)")
"""As recordings without a name of their own are named, and those of other programs too."""
_MAX_DEPTH: Final = 4
_MAX_ENTRIES: Final = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundVideo:
    """A video that lies in the folder.

    Attributes:
        modified_at: when it was last written.
    """

    file: Path
    size_bytes: int
    modified_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundReplay:
    """A replay of the folder.

    Attributes:
        sidecar: what is known of it; ``None`` if nothing lies beside it, or nothing of ours.
        title: of the sidecar, or the file's name.
        recorded_at: of the sidecar, or what the file's name says in local time, or when it was written.
    """

    file: Path
    sidecar: Sidecar | None
    title: str
    recorded_at: datetime
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderContents:
    """What a folder holds.

    Attributes:
        replays: the oldest first.
        problems: sentences about what could not be read or was left out.
    """

    replays: tuple[FoundReplay, ...]
    problems: tuple[str, ...]


def scan_folder(folder: Path) -> FolderContents:
    """Look through a folder and those in it, four deep. Blocks as long as the disk does; opens no video but what seems to be renamed.

    Links are not followed, and what begins with a dot is not looked at. Copies in a store that lies there are nobody's recordings.

    Raises:
        SystemFault: the folder cannot be read.
    """
    videos: list[FoundVideo] = []
    sidecars: dict[Path, Sidecar] = {}
    problems: list[str] = []
    for path, facts in _files_below(folder, problems):
        if path.name.endswith(SIDECAR_SUFFIX):
            try:
                sidecars[path] = read_sidecar(path)
            except PowerStreamError as error:
                problems.append(error.title)
        elif _is_video(path):
            modified_at = datetime.fromtimestamp(max(0.0, facts.st_mtime), UTC)
            videos.append(FoundVideo(file=path, size_bytes=facts.st_size, modified_at=modified_at))
    return matched(videos, sidecars, _sha256_of, problems)


def matched(
    videos: Sequence[FoundVideo],
    sidecars: Mapping[Path, Sidecar],
    sha256_of: Callable[[Path], str | None],
    problems: Iterable[str] = (),
) -> FolderContents:
    """Give each video what is known of it; pure.

    That lies beside it. A video that was renamed or moved without it gets it back if it has the size that is asked for and no
    other video and no other sidecar has, and the hash, if one is asked for: what was given up here leaves its sidecar, and another
    film must not be taken for it. Of videos that say they are the same replay, the one of the right size is; the others are
    replays that nothing is known of.

    Args:
        videos: in any order.
        sidecars: by where they lie.
        sha256_of: reads a video for its hash; ``None`` if it cannot be read.
        problems: sentences that go into what is returned.
    """
    told = list(problems)
    given = _given_by_name(videos, sidecars, told)
    known = {sidecar.asset_id for sidecar in given.values()}
    lonely = {each.asset_id: each for each in sidecars.values() if each.asset_id not in known}
    elsewhere = _given_by_size([each for each in videos if each.file not in given], lonely.values())
    given |= {
        file: sidecar
        for file, sidecar in elsewhere.items()
        if sidecar.sha256 is None or sidecar.sha256 == sha256_of(file)
    }
    replays = (_replay(each, given.get(each.file)) for each in videos)
    return FolderContents(
        replays=tuple(sorted(replays, key=lambda each: (each.recorded_at, each.file))),
        problems=tuple(told),
    )


def absent_files(files: Mapping[str, Path]) -> frozenset[str]:
    """Return which of these files are not there, by the names they are asked for. Blocks as long as the disk does.

    Each folder is listed once, so that ten thousand replays cost no more than their folders; one that cannot be listed, because
    its disk is not here, has no file.
    """
    listed: dict[Path, frozenset[str]] = {}
    for file in files.values():
        if file.parent not in listed:
            listed[file.parent] = _names_in(file.parent)
    return frozenset(name for name, file in files.items() if not _is_there(file, listed[file.parent]))


def _names_in(folder: Path) -> frozenset[str]:
    try:
        with os.scandir(folder) as entries:
            return frozenset(entry.name for entry in entries)
    except OSError:
        return frozenset()


def _is_there(file: Path, names: frozenset[str]) -> bool:
    # A disk that does not tell capital letters apart lists another spelling than it opens.
    return bool(names) and (file.name in names or file.is_file())


def _files_below(folder: Path, problems: list[str]) -> Iterable[tuple[Path, os.stat_result]]:
    waiting = [(folder, 0)]
    seen = 0
    while waiting:
        place, depth = waiting.pop()
        try:
            with os.scandir(place) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            if place == folder:
                raise _unreadable(folder, error) from error
            problems.append(f"The folder {place.name} cannot be read.")
            continue
        for entry in entries:
            seen += 1
            if seen > _MAX_ENTRIES:
                problems.append("The folder holds too much; only the first part of it was looked at.")
                return
            if entry.name.startswith("."):
                continue
            try:
                facts = entry.stat(follow_symlinks=False)
            except OSError:
                continue  # gone meanwhile
            if stat.S_ISDIR(facts.st_mode) and depth < _MAX_DEPTH:
                waiting.append((Path(entry.path), depth + 1))
            elif stat.S_ISREG(facts.st_mode):
                yield Path(entry.path), facts


def _is_video(path: Path) -> bool:
    is_named_so = path.suffix.lower() in VIDEO_SUFFIXES and not _UNFINISHED.fullmatch(path.name)
    return is_named_so and not is_stored_film(path)


def _sha256_of(video: Path) -> str | None:
    try:
        with video.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError:
        return None


def _unreadable(folder: Path, error: OSError) -> SystemFault:
    return SystemFault(
        f"The folder {folder} cannot be read.",
        hint="Connect its disk, or choose another folder.",
        detail=f"{type(error).__name__}: {error.strerror or error}",
    )


def _given_by_name(
    videos: Iterable[FoundVideo], sidecars: Mapping[Path, Sidecar], problems: list[str]
) -> dict[Path, Sidecar]:
    claims: dict[str, list[FoundVideo]] = {}
    for video in videos:
        beside = sidecars.get(sidecar_path(video.file))
        if beside is not None:
            claims.setdefault(beside.asset_id, []).append(video)
    given = {}
    for claimants in claims.values():
        first = min(claimants, key=lambda each: (_differs(each, sidecars), each.modified_at, each.file))
        given[first.file] = sidecars[sidecar_path(first.file)]
        problems += [
            f"{other.file.name} says it is the same replay as {first.file.name}; it is listed as one of its own."
            for other in claimants
            if other is not first
        ]
    return given


def _differs(video: FoundVideo, sidecars: Mapping[Path, Sidecar]) -> bool:
    return sidecars[sidecar_path(video.file)].size_bytes != video.size_bytes


def _given_by_size(videos: Sequence[FoundVideo], lonely: Iterable[Sidecar]) -> dict[Path, Sidecar]:
    """Return, of sidecars without a video, those of videos that lie elsewhere now."""
    sized: dict[int, list[FoundVideo]] = {}
    for video in videos:
        sized.setdefault(video.size_bytes, []).append(video)
    asked: dict[int, list[Sidecar]] = {}
    for sidecar in lonely:
        asked.setdefault(sidecar.size_bytes, []).append(sidecar)
    given = {}
    for size, seekers in asked.items():
        if size and len(seekers) == len(sized.get(size, [])) == 1:
            given[sized[size][0].file] = seekers[0]
    return given


def _replay(video: FoundVideo, sidecar: Sidecar | None) -> FoundReplay:
    return FoundReplay(
        file=video.file,
        sidecar=sidecar,
        title=sidecar.title if sidecar is not None else video.file.stem,
        recorded_at=sidecar.recorded_at if sidecar is not None else _recorded_at(video),
        size_bytes=video.size_bytes,
    )


def _recorded_at(video: FoundVideo) -> datetime:
    found = _DATE.search(video.file.stem)
    if found is not None:
        try:
            return datetime(*map(int, found.groups())).astimezone(UTC)  # type: ignore[arg-type]
        except (ValueError, OverflowError, OSError):
            pass  # digits, but no date
    return video.modified_at
