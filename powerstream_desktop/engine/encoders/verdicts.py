"""What trying and measuring encoders showed. Knows neither PyAV nor numpy."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbedEncoder:
    """What trying an encoder showed.

    Attributes:
        name: what libavcodec calls it.
        works: pictures went in and came out, key frames where they were asked for, and the first decodes to what it was.
        why: one sentence when it does not work, technical words included; empty otherwise.
        is_silent: it did not answer in time. It hangs, or the computer is too slow now: nobody knows whether it works.
    """

    name: str
    works: bool
    why: str = ""
    is_silent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfTestLine:
    """One size and rate.

    Attributes:
        encoder: what libavcodec calls it.
        width, height: in pixels.
        fps: frames a second.
        processor_share: of all processors, 0 to 1; above 1 when there are not enough.
        holds: the encoder keeps up and leaves room for the rest.
    """

    encoder: str
    width: int
    height: int
    fps: int
    processor_share: float
    holds: bool
