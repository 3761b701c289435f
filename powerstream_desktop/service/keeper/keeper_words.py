"""The words between the keeper and the service it keeps: JSON lines on the service's stdin and stdout.

What a service must leave to its successor, and may not leave on any disk, travels here: never in argv, never in the environment, and
nothing of it is logged.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from powerstream_desktop.common.json_lines import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptValue:
    """One thing that outlives a service that dies.

    Attributes:
        name: what it is, such as ``port``.
        value: text, perhaps secret: it is never shown. Who knows what it is makes a ``Secret`` of it; here a port would become one,
            and be struck out wherever it is logged.
    """

    name: str
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Begin:
    """To a service: the first word, once.

    Attributes:
        kept: what its predecessor left; empty for the first.
        deaths: predecessors that died.
    """

    type: Literal["begin"] = "begin"
    kept: tuple[KeptValue, ...] = ()
    deaths: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """To a service: end properly."""

    type: Literal["end"] = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ping:
    """To a service: answer, if your loop still turns. Never two without an answer between them."""

    type: Literal["ping"] = "ping"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pong:
    """From a service: it does."""

    type: Literal["pong"] = "pong"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """From a service: it can be reached.

    Attributes:
        url: of its API, without a slash at its end.
        version: of the program.
    """

    type: Literal["ready"] = "ready"
    url: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """From a service: have this for my successor.

    Attributes:
        name: replaces what was kept under it.
        value: ``None`` for nothing any more.
    """

    type: Literal["keep"] = "keep"
    name: str
    value: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """From a service, its last word: I end by myself, and the same would come of starting me again."""

    type: Literal["leave"] = "leave"


KeeperWord: TypeAlias = Begin | End | Ping
ServiceWord: TypeAlias = Ready | Keep | Pong | Leave

TO_SERVICE: Final = Vocabulary[KeeperWord]("word to the service", KeeperWord)
FROM_SERVICE: Final = Vocabulary[ServiceWord]("word of the service", ServiceWord)
