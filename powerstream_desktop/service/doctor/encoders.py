"""The encoders: which work, each tried on one picture in a process of its own, and what this computer holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from powerstream_desktop.engine.encoders.probe import probe_encoders, run_self_test
from powerstream_desktop.engine.encoders.verdicts import ProbedEncoder, SelfTestLine
from powerstream_desktop.service.doctor.check import Level, Verdict

FLOOR: Final = "libx264"
"""What everything falls back on."""
_LEAST: Final = (1280, 720, 30)


def look_at_encoders(probe: Callable[[], tuple[ProbedEncoder, ...]] = probe_encoders) -> tuple[Verdict, ...]:
    """Try all encoders that can be on this computer. Blocks for up to ``PATIENT_LIMIT_S``."""
    found = probe()
    working = [encoder.name for encoder in found if encoder.works]
    verdicts = [Verdict(sentence=f"Encoders that work: {', '.join(working)}.")] if working else []
    verdicts += [_broken(encoder) for encoder in found if not encoder.works]
    if FLOOR not in {encoder.name for encoder in found}:
        verdicts.append(_broken(ProbedEncoder(name=FLOOR, works=False, why="It is not there.")))
    return tuple(verdicts)


def measure_encoder(
    measure: Callable[[], tuple[SelfTestLine, ...]] = run_self_test,
) -> tuple[SelfTestLine, ...]:
    """Return what the software encoder holds here; nothing else should run meanwhile. Blocks for about four seconds.

    Raises:
        SystemFault: it cannot be measured.
    """
    return measure()


def look_at_speed(lines: Sequence[SelfTestLine]) -> tuple[Verdict, ...]:
    """Judge a self-test."""
    holds = [line for line in lines if line.holds]
    if not any((line.width, line.height, line.fps) == _LEAST for line in holds):
        return (
            Verdict(
                level=Level.PROBLEM,
                sentence="This computer is too slow to encode even 1280x720 with 30 frames a second now.",
                remedy="Close other programs and try again, or use a graphics card that encodes.",
            ),
        )
    best = max(holds, key=lambda line: line.width * line.height * line.fps)
    return (
        Verdict(
            sentence=f"{best.encoder} holds up to {best.width}x{best.height} with {best.fps} frames a second "
            f"({best.processor_share:.0%} of the processor)."
        ),
    )


def _broken(encoder: ProbedEncoder) -> Verdict:
    if encoder.is_silent:
        return _silent(encoder)
    if encoder.name == FLOOR:
        return Verdict(
            level=Level.PROBLEM,
            sentence=f"The encoder {encoder.name} does not work: {encoder.why}",
            remedy="Install the program again: without it nothing can be broadcast.",
        )
    return Verdict(
        level=Level.WARNING,
        sentence=f"The encoder {encoder.name} does not work: {encoder.why}",
        remedy="It is never chosen by itself. Update the graphics driver if you want it.",
    )


def _silent(encoder: ProbedEncoder) -> Verdict:
    """Say that nobody knows: a program that is installed well may be read by a slow disk, or beside others."""
    if encoder.name == FLOOR:
        return Verdict(
            level=Level.PROBLEM,
            sentence=f"Nobody knows whether the encoder {encoder.name} works: {encoder.why}",
            remedy="The computer or its disk is too slow now. Close other programs and check again.",
        )
    return Verdict(
        level=Level.WARNING,
        sentence=f"Nobody knows whether the encoder {encoder.name} works: {encoder.why}",
        remedy="Its driver hangs, or the computer is too slow now. Close other programs and check again.",
    )
