"""What a page asks of the service. Nothing here blocks, and nothing comes back on another thread than the window's."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeAlias, TypeVar

from powerstream_desktop.client.client import Client
from powerstream_desktop.common.errors import PowerStreamError

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

AnswerT = TypeVar("AnswerT")
Refusal: TypeAlias = Callable[[PowerStreamError], None]


class Desk(Protocol):
    """Takes errands for the service. Used on the window's thread only."""

    def ask(
        self,
        errand: Callable[[Client], AnswerT],
        then: Callable[[AnswerT], None] | None = None,
        *,
        otherwise: Refusal | None = None,
        owner: QObject,
    ) -> None:
        """Have something asked or done, and return at once.

        Errands of one owner are done one after the other, in their order; those of several beside each other.

        Args:
            errand: runs on a thread of its own, with a client that is this thread's; touches nothing of the window.
            then: gets the answer, on the window's thread.
            otherwise: gets the error, there too; without it a banner says it.
            owner: whose errand it is: when it is gone, nobody is told any more.
        """
        ...
