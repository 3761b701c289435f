"""Options of what is kept: how broadcasts are recorded, and how long replays stay."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

from powerstream_desktop.recording import options
from powerstream_desktop.service.settings.kinds import Choice, Flag, Folder, Folders, WholeNumber
from powerstream_desktop.service.settings.option import Declared, Effect
from powerstream_desktop.service.vod.retention import RetentionRules

_MINUTE_S: Final = 60
_MEGABYTE: Final = 1_000_000
_GIGABYTE: Final = 1_000_000_000
_MEBIBYTE: Final = 1024 * 1024
_MAX_MINUTES: Final = 24 * 60
_MAX_FILE_MEGABYTES: Final = 10_000_000
_MAX_RESERVE_MEGABYTES: Final = 1024
_MAX_DAYS: Final = 10_000
_MAX_GIGABYTES: Final = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingOptions:
    """What is kept of a broadcast."""

    folder: Annotated[
        Path | None, Declared(Folder(), "Where recordings go; empty for the usual folder.", is_guarded=True)
    ] = None
    fallback_folders: Annotated[
        tuple[Path, ...],
        Declared(
            Folders(),
            "Where recordings go on when that folder cannot take any more; several are separated by |.",
            is_guarded=True,
        ),
    ] = ()
    container: Annotated[
        options.Container,
        Declared(Choice(options.Container), "What recordings are; mp4 plays everywhere, and takes chapters."),
    ] = options.Container.MP4
    split_after_minutes: Annotated[
        int,
        Declared(WholeNumber(0, _MAX_MINUTES, "min"), "A new file begins after this time; 0 keeps one file."),
    ] = int(options.SPLIT_AFTER_S) // _MINUTE_S
    split_at_megabytes: Annotated[
        int,
        Declared(
            WholeNumber(0, _MAX_FILE_MEGABYTES, "MB"), "A new file begins at this size; 0 for any size."
        ),
    ] = options.SPLIT_AT_BYTES // _MEGABYTE
    reserve_megabytes: Annotated[
        int,
        Declared(
            WholeNumber(0, _MAX_RESERVE_MEGABYTES, "MB"),
            "Space that is kept aside while recording, so that a file can be finished when the disk is full.",
        ),
    ] = options.RESERVE_BYTES // _MEBIBYTE

    def chosen(self, usual_folder: Path) -> options.RecordingOptions:
        """Return what the recorder is told.

        Args:
            usual_folder: where recordings go unless another folder was chosen.
        """
        return options.RecordingOptions(
            folder=self.folder or usual_folder,
            fallback_folders=self.fallback_folders,
            container=self.container,
            split_after_s=float(self.split_after_minutes * _MINUTE_S) or None,
            split_at_bytes=self.split_at_megabytes * _MEGABYTE or None,
            reserve_bytes=self.reserve_megabytes * _MEBIBYTE,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionOptions:
    """How long replays are kept. Nothing is removed unless somebody asks for it."""

    keep_days: Annotated[
        int,
        Declared(
            WholeNumber(0, _MAX_DAYS, "days"),
            "Offer to remove replays that are older than this; 0 keeps them for ever.",
            effect=Effect.AT_ONCE,
            is_guarded=True,
        ),
    ] = 0
    keep_gigabytes: Annotated[
        int,
        Declared(
            WholeNumber(0, _MAX_GIGABYTES, "GB"),
            "Offer to remove the oldest replays when all take more than this; 0 for any space.",
            effect=Effect.AT_ONCE,
            is_guarded=True,
        ),
    ] = 0
    allow_only_copy: Annotated[
        bool,
        Declared(
            Flag(),
            "Let these rules move a replay to the bin of which no verified copy exists elsewhere.",
            effect=Effect.AT_ONCE,
            is_guarded=True,
        ),
    ] = False

    @property
    def rules(self) -> RetentionRules:
        """What these options mean."""
        return RetentionRules(
            keep_days=self.keep_days or None,
            keep_bytes=self.keep_gigabytes * _GIGABYTE or None,
            may_take_only_copy=self.allow_only_copy,
        )
