"""Cuts one clip: reads what there is, plans, encodes what has to be, copies the rest. Blocks; may be killed at any instant."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from powerstream_desktop.common.errors import BugError, UserError
from powerstream_desktop.common.media_task import MediaTask
from powerstream_desktop.library.clips.clip_file import ClipFile
from powerstream_desktop.library.clips.cut_request import DRAFT_NAME, ClipMode, CutRequest, CutResult
from powerstream_desktop.library.clips.edges import EdgeEncoder, EncodedFrame
from powerstream_desktop.library.clips.film import Film
from powerstream_desktop.library.clips.media_faults import translated_writing
from powerstream_desktop.library.clips.parameter_sets import free_number, is_progressive, joined, with_lengths
from powerstream_desktop.library.clips.plan import (
    ClipPlan,
    Piece,
    PieceKind,
    plan_exact,
    plan_fast,
    plan_whole,
)
from powerstream_desktop.library.clips.whole_clip import encode_whole
from powerstream_desktop.rtmp.flv.bits import CodecConfigError
from powerstream_desktop.rtmp.flv.config import AVCConfig

_REPORT_STEP: Final = 0.01
_BEHIND_END_S: Final = 2
"""Sound stands in a file no further than this from the picture that it belongs to."""


def cut_clip(task: MediaTask) -> Mapping[str, Any]:
    """Do as ``cut`` does, for a media process: the request and the result as JSON."""
    if task.folder is None:
        raise BugError("A clip has no folder to be written into.")
    return cut(task.file, task.folder, CutRequest.of_words(task.request), task.report).to_words()


def cut(source: Path, folder: Path, request: CutRequest, report: Callable[[float], None]) -> CutResult:
    """Cut a clip into the file ``DRAFT_NAME`` of a folder, and return when it is safe on the disk.

    Args:
        source: the film.
        folder: exists, is empty, and lies on the disk where the clip shall be.
        request: what is wanted.
        report: called now and then with how far it is, 0 to 1.

    Raises:
        UserError: there is no such film, or no such part of it.
        SystemFault: the disk or the encoder refused.
    """
    draft = folder / DRAFT_NAME
    with Film(source, last_ms=request.reach_ms) as film:
        request = _checked(film, request)
        plan, number = _planned(film, request)
        progress = _Progress(report, plan)
        if plan.copied is None:
            progress.begin(plan.pieces[0])
            encode_whole(film, draft, plan, centre_x=request.centre_x, on_frame=progress.encoded)
        else:
            _join(film, draft, plan, number, progress)
        actual = CutResult(
            start_ms=film.to_ms(plan.start), end_ms=film.to_ms(plan.end), size_bytes=draft.stat().st_size
        )
    _make_durable(draft)
    report(1.0)
    return actual


def _checked(film: Film, request: CutRequest) -> CutRequest:
    """Return a request whose bounds are inside the film."""
    if request.last_ms is not None:
        end_ms = max(0, film.newest_ms() - request.late_ms)
        return replace(request, start_ms=max(0, end_ms - request.last_ms), end_ms=end_ms)
    if request.start_ms >= request.end_ms:
        raise UserError("The clip would end before it begins.", hint="Choose a later end.")
    length_ms = film.duration_ms
    if length_ms is not None and request.start_ms >= length_ms:
        raise UserError(
            "The clip would begin behind the end of the film.", hint="Choose an earlier beginning."
        )
    if length_ms is not None and request.end_ms > length_ms + 1000:
        raise UserError("The clip would end behind the end of the film.", hint="Choose an earlier end.")
    return request


def _planned(film: Film, request: CutRequest) -> tuple[ClipPlan, int | None]:
    """Return what is done with which frames, and the number that parameter sets of encoded edges get, if there can be any."""
    bounds = film.bounds(request.start_ms, request.end_ms)
    lead, tail = film.lead(bounds), film.tail(bounds)
    if request.mode is ClipMode.FAST and request.centre_x is None:
        return plan_fast(lead, tail, bounds), None
    number = _number_for_edges(film)
    if number is None or request.centre_x is not None:
        return plan_whole(lead, tail, bounds), None
    return plan_exact(lead, tail, bounds), number


def _number_for_edges(film: Film) -> int | None:
    """Return a number for parameter sets beside the film's own; ``None`` if nothing may stand beside its frames."""
    if film.avc_record is None:
        return None
    try:
        config = AVCConfig.parse(film.avc_record)
    except CodecConfigError:
        return None
    return free_number(config) if is_progressive(config) else None


class _Progress:
    """Turns what is done of a plan into a number that only grows."""

    def __init__(self, report: Callable[[float], None], plan: ClipPlan) -> None:
        self._report = report
        self._whole = max(1, sum(piece.last - piece.first for piece in plan.pieces))
        self._before = 0
        self._piece: Piece | None = None
        self._told = 0.0

    def begin(self, piece: Piece) -> None:
        """A piece begins."""
        if self._piece is not None:
            self._before += self._piece.last - self._piece.first
        self._piece = piece

    def encoded(self, pts: int) -> None:
        """A frame is done."""
        first = self._piece.first if self._piece is not None else pts
        share = min(1.0, max(0.0, (self._before + pts - first) / self._whole))
        if share >= self._told + _REPORT_STEP:
            self._told = share
            self._report(share)


def _join(film: Film, draft: Path, plan: ClipPlan, number: int | None, progress: _Progress) -> None:
    """Write a clip that is copied but for its edges, with its sound."""
    edges: dict[Piece, list[EncodedFrame]] = {}
    settings = None
    if number is not None and len(plan.pieces) > 1:
        encoder = EdgeEncoder(film, number)
        settings = joined(film.avc_record or b"", encoder.parameter_sets)
        for piece in plan.pieces:
            if piece.kind is PieceKind.ENCODE:
                progress.begin(piece)
                edges[piece] = encoder.encode(piece, plan.start, progress.encoded)
    with ClipFile(draft, film, start=plan.start, end=plan.end) as clip:
        clip.copy_picture(settings)
        for piece in plan.pieces:
            progress.begin(piece)
            if piece.kind is PieceKind.COPY:
                _copy(film, clip, plan, piece, progress)
            else:
                _write_edge(film, clip, plan, edges[piece])


def _write_edge(film: Film, clip: ClipFile, plan: ClipPlan, frames: list[EncodedFrame]) -> None:
    ends = [*(frame.pts for frame in frames[1:]), plan.end]
    for frame, end in zip(frames, ends, strict=True):
        clip.write_picture(
            with_lengths(frame.data, film.nal_length_size or 4),
            pts=frame.pts,
            dts=frame.pts - plan.delay,
            is_key=frame.is_key,
            duration=end - frame.pts,
        )


def _copy(film: Film, clip: ClipFile, plan: ClipPlan, piece: Piece, progress: _Progress) -> None:
    """Write the frames of a piece as they are, and the sound of the whole clip."""
    has_begun = False
    stop_s = plan.end * film.tick_s + _BEHIND_END_S
    for packet in film.packets_from(plan.pieces[0].entry, with_sound=True):
        pts = packet.pts
        if pts is None:
            continue
        if packet.stream.index != film.video.index:
            clip.write_sound(packet)
        elif has_begun or pts == piece.first:
            has_begun = True
            if piece.first <= pts <= piece.last:
                dts = packet.dts if packet.dts is not None else pts
                clip.write_picture(
                    bytes(packet), pts=pts, dts=dts, is_key=packet.is_keyframe, duration=packet.duration or 0
                )
                progress.encoded(pts)
        if (packet.dts if packet.dts is not None else pts) * packet.time_base > stop_s:
            return


def _make_durable(draft: Path) -> None:
    with translated_writing():
        descriptor = os.open(draft, os.O_RDWR)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
