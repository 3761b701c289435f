"""Gives Qt our translations, and Qt's own for its menus and dialogs."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QObject, QTranslator

from powerstream_desktop.desktop.language.dictionary import Dictionary


class WindowTranslator(QTranslator):
    """Installed once for the application's whole life; what it says is changed by ``use``. Any thread may ask it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Replaced whole: another thread that asks sees the one or the other.
        self._dictionary: Dictionary | None = None
        self._of_qt = QTranslator(self)

    def use(self, dictionary: Dictionary, code: str) -> None:
        """Speak another language from now on.

        Args:
            dictionary: our texts.
            code: of the language, for Qt's own texts.
        """
        of_qt = QTranslator(self)
        of_qt.load(f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        self._of_qt.deleteLater()
        self._dictionary, self._of_qt = dictionary, of_qt

    def isEmpty(self) -> bool:
        """Never: Qt would not install it."""
        return False

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """Return the translation; None makes Qt show the source."""
        dictionary = self._dictionary
        found = None if dictionary is None else dictionary.look_up(context, source, disambiguation or "", n)
        # None, for Qt takes an empty text for a translation.
        return found or self._of_qt.translate(context, source, disambiguation, n) or None
