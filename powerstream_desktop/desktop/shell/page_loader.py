"""Loads the pages' code beside the loop, once the window is shown: a page that is chosen then opens at once."""

from __future__ import annotations

import importlib
import logging
import threading
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal

CLOSING_S: Final = 2.0

logger = logging.getLogger(__name__)


class PageLoader(QObject):
    """Loads modules on a thread of its own, one after the other. Lives on the window's thread, except for what its thread does.

    Args:
        modules: in the order in which they will be wanted.
        parent: as with every QObject.

    Attributes:
        loaded: a module has been loaded, by its name.
    """

    loaded = Signal(str)
    _came = Signal(str)

    def __init__(self, modules: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted = list(modules)
        self._there: set[str] = set()
        self._ending = threading.Event()
        self._may_go_on = threading.Event()  # set by the window's thread, waited for by the other
        self._came.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._load, name="page loader", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def is_loaded(self, module: str) -> bool:
        """Return whether a module is there, or will not be loaded here."""
        return module in self._there or module not in self._wanted

    def aclose(self) -> None:
        """Load no more, and wait for what is being loaded, for two seconds at most."""
        self._ending.set()
        self._may_go_on.set()
        if self._thread.is_alive():
            self._thread.join(CLOSING_S)

    def _load(self) -> None:
        for module in self._wanted:
            if self._ending.is_set():
                return
            try:
                importlib.import_module(module)
            except Exception:
                # Said where the page is made, too; the others are loaded all the same.
                logger.exception("a page could not be loaded")
            if self._ending.is_set():
                return
            self._may_go_on.clear()
            self._came.emit(module)
            # What has been waiting for it is made first: two threads of Python are each half as quick.
            self._may_go_on.wait()

    def _take(self, module: str) -> None:
        self._there.add(module)
        self.loaded.emit(module)
        self._may_go_on.set()
