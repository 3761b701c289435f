"""The look that the writer takes once a second: is the file what we wrote, and for how long does the disk take more."""

from __future__ import annotations

from powerstream_desktop.recording.folders import RecordingFolders
from powerstream_desktop.recording.part_file import PartFile
from powerstream_desktop.recording.space_policy import ByteRate, SpaceVerdict, judge_space
from powerstream_desktop.recording.truth_watch import Truth, TruthWatch
from powerstream_desktop.recording.warning import RecordingWarning


class RecordingWatch:
    """Watches the open file and its disk. Used by the writer thread; blocks as the disk does.

    Args:
        folders: where files go.
    """

    def __init__(self, folders: RecordingFolders) -> None:
        self._folders = folders
        self._file = TruthWatch()
        self._rate = ByteRate()
        self._truth = Truth.GROWING
        self._space = SpaceVerdict()
        self.warning: RecordingWarning | None = None
        """The worst of what was found."""

    @property
    def room_s(self) -> float | None:
        """For how many seconds the disk has room."""
        return self._space.room_s

    @property
    def has_file_grown(self) -> bool:
        """Whether the open file has grown since it was opened."""
        return self._file.has_grown

    def begin_file(self) -> None:
        """A new file was opened; what was found of the one before holds until this one has been looked at."""
        self._file = TruthWatch()

    def begin_folder(self) -> None:
        """Files go to another folder."""
        self._space = SpaceVerdict()
        self._find_worst()

    def look_at_file(self, part: PartFile) -> Truth:
        """Return what the file says.

        Raises:
            SystemFault: the disk does not answer properly.
        """
        self._truth = self._file.look(part.facts(), written_bytes=part.size_bytes, given_ms=part.duration_ms)
        self._find_worst()
        return self._truth

    def look_at_disk(self, *, media_ms: int, size_bytes: int) -> SpaceVerdict:
        """Return for how long the disk has room.

        Args:
            media_ms: length of everything recorded so far.
            size_bytes: its size.
        """
        self._rate.note(media_ms=media_ms, size_bytes=size_bytes)
        free_bytes = self._folders.free_bytes()
        self._space = judge_space(free_bytes, self._rate.bytes_per_s, self._space.warning)
        self._find_worst()
        return self._space

    def has_room_again(self, free_bytes: int | None) -> bool:
        """Tell whether a disk that ran full has room for more than it was left with."""
        verdict = judge_space(free_bytes, self._rate.bytes_per_s, RecordingWarning.SPACE_OUT)
        return verdict.warning is not RecordingWarning.SPACE_OUT

    def _find_worst(self) -> None:
        found = {self._space.warning}
        if self._truth is not Truth.GROWING:
            found.add(RecordingWarning.NOT_GROWING)
        if self._folders.is_fallback:
            found.add(RecordingWarning.FALLBACK_FOLDER)
        self.warning = next((warning for warning in RecordingWarning if warning in found), None)
