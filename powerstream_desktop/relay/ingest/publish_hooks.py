"""What the ingest server tells its owner of each stream's publisher; whatever the owner does with it, no stream suffers."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import ParamSpec

logger = logging.getLogger(__name__)

P = ParamSpec("P")


class Ending(Enum):
    """How a broadcast of a stream came to its end."""

    GOODBYE = "goodbye"
    """The publisher said so, or we ended it."""
    NOT_BACK = "not-back"
    """The publisher vanished and did not come back in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishEvent:
    """Something about the publisher of a stream.

    Attributes:
        stream: the stream's name; never its key.
        at_s: when, monotonic seconds.
    """

    stream: str
    at_s: float


def _nobody(*_news: object) -> None:
    """Nobody wants to know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishHooks:
    """Who is told what. Called on the relay's loop; must not block.

    Attributes:
        on_publish: a broadcast of a stream begins.
        on_done_publish: it is over for good.
        on_bridge: its publisher is gone, and a bridge stands in for it.
        on_bridged: a publisher has been cut in again.
    """

    on_publish: Callable[[PublishEvent], None] = _nobody
    on_done_publish: Callable[[PublishEvent, Ending], None] = _nobody
    on_bridge: Callable[[PublishEvent], None] = _nobody
    on_bridged: Callable[[PublishEvent], None] = _nobody


def tell(hook: Callable[P, None], *news: P.args, **more: P.kwargs) -> None:
    """Call a hook; one that raises is logged, and the stream goes on."""
    try:
        hook(*news, **more)
    except Exception:
        logger.exception("Whoever follows the publishers failed")
