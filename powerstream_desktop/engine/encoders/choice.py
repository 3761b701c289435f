"""Which encoder a rendition begins with, and which one follows it. Pure but for ``open_encoder``.

The rule: what the user chose, if it is proved to work; else the best hardware that is; else software, which always works. Behind
hardware stands the software encoder of the same codec (see ``live_encoder``); behind software a new one of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from powerstream_desktop.engine.encoders.av_encoder import AVEncoder
from powerstream_desktop.engine.encoders.catalogue import EncoderKind, kinds_of
from powerstream_desktop.engine.encoders.live_encoder import Candidate, EncoderChange, LiveEncoder
from powerstream_desktop.engine.encoders.verdicts import ProbedEncoder
from powerstream_desktop.engine.video_settings import EncoderChoice, VideoSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderPlan:
    """The encoders of a rendition.

    Attributes:
        kinds: in the order to take them.
        refusal: why it is not what the user chose, one sentence; empty when it is.
    """

    kinds: tuple[EncoderKind, ...]
    refusal: str = ""


def plan_encoders(settings: VideoSettings, probed: Sequence[ProbedEncoder]) -> EncoderPlan:
    """Choose the encoders of a rendition.

    Args:
        settings: of the rendition.
        probed: what was tried; hardware that was not tried counts as not working.
    """
    *hardware, software = kinds_of(settings.codec)
    works = {probe.name for probe in probed if probe.works}
    usable = [kind for kind in hardware if kind.av_name in works]
    if settings.encoder is software.choice:
        return EncoderPlan(kinds=(software,))
    chosen = [kind for kind in usable if kind.choice is settings.encoder]
    if settings.encoder is EncoderChoice.AUTO or chosen:
        return EncoderPlan(kinds=(*(chosen or usable)[:1], software))
    plan = (*usable[:1], software)
    title = next(kind.title for kind in hardware if kind.choice is settings.encoder)
    return EncoderPlan(
        kinds=plan, refusal=f"{title} does not work on this computer; {plan[0].title} is used instead."
    )


def needs_probe(settings: VideoSettings) -> bool:
    """Tell whether the choice depends on what works: trying costs a second, and software always works."""
    *hardware, software = kinds_of(settings.codec)
    return settings.encoder is not software.choice and any(kind.is_plausible() for kind in hardware)


def open_encoder(
    settings: VideoSettings, plan: EncoderPlan, *, on_change: Callable[[EncoderChange], None]
) -> LiveEncoder:
    """Open the first encoder of a plan that can be opened.

    Args:
        settings: of the rendition.
        plan: see ``plan_encoders``.
        on_change: told, on the thread that encodes, when another encoder took over; must not block.

    Raises:
        SystemFault: none can be opened.
    """
    return LiveEncoder(settings, [_candidate(kind, settings) for kind in plan.kinds], on_change=on_change)


def _candidate(kind: EncoderKind, settings: VideoSettings) -> Candidate:
    return Candidate(delay=kind.delay(settings), make=partial(AVEncoder, kind, settings))
