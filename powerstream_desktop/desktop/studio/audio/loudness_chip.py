"""The program's loudness in a chip."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from powerstream_desktop.desktop.kit.chip import Chip
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language import figures
from powerstream_desktop.desktop.studio.audio.loudness import Loudness, loudness_of
from powerstream_desktop.desktop.studio.audio.readings import NOTHING_LUFS

PACE_S: Final = 0.5
_TONES: Final = {
    Loudness.NOTHING: Tone.FAINT,
    Loudness.SOFT: Tone.MUTED,
    Loudness.GOOD: Tone.OK,
    Loudness.LOUD: Tone.WARN,
    Loudness.MUCH_TOO_LOUD: Tone.ERR,
}


class LoudnessChip(Chip):
    """The chip; its tooltip says what the figure means."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", Tone.FAINT, parent)
        self._lufs = NOTHING_LUFS
        self._next_at_s = float("-inf")
        self.retranslate()

    def show_loudness(self, short_term_lufs: float, now: float) -> None:
        """Show a loudness: silence at once, any other twice a second at most, for figures that run cannot be read.

        Args:
            short_term_lufs: of the program.
            now: monotonic seconds.
        """
        is_silence = short_term_lufs <= NOTHING_LUFS
        if short_term_lufs != self._lufs and (is_silence or now >= self._next_at_s):
            self._lufs, self._next_at_s = short_term_lufs, now + PACE_S
            self.retranslate()

    def retranslate(self) -> None:
        """Say it in the window's language."""
        loudness = loudness_of(self._lufs)
        figure = "" if loudness is Loudness.NOTHING else f"{figures.decimal(self._lufs)} LUFS"
        word = self._word_of(loudness)
        self.show_text(" · ".join(filter(None, (figure, word))), _TONES[loudness])
        self.setToolTip(
            self.tr(
                "Loudness of the last three seconds. Most platforms turn down what is louder than −14 LUFS, and none turns anything up."
            )
        )

    def _word_of(self, loudness: Loudness) -> str:
        match loudness:
            case Loudness.NOTHING:
                return self.tr("No sound")
            case Loudness.SOFT:
                return self.tr("soft")
            case Loudness.GOOD:
                return ""
            case Loudness.LOUD:
                return self.tr("loud")
            case Loudness.MUCH_TOO_LOUD:
                return self.tr("much too loud")
