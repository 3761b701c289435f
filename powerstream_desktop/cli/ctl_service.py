"""What every command of ``ctl`` needs: the service, and the names of its things."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

import click

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.common.text import printable_text

if TYPE_CHECKING:
    from powerstream_desktop.client.client import Client

_NAMED_IN_HINTS: Final = 12

json_option = click.option("--json", "as_json", is_flag=True, help="Print what the API says.")


class Thing(Protocol):
    """Something that is called by its id or its name."""

    @property
    def id(self) -> str:
        """Made once."""
        ...

    @property
    def name(self) -> str:
        """What the user calls it."""
        ...


ThingT = TypeVar("ThingT", bound=Thing)


@contextmanager
def service() -> Iterator[Client]:
    """Give the service of this home, which is started if none runs."""
    from powerstream_desktop.client.client import client_of_home

    with client_of_home(Paths.from_environment(os.environ)) as client:
        yield client


@contextmanager
def service_if_any(*, longest_s: float | None = None) -> Iterator[Client | None]:
    """Give the service of this home; None if none runs or is coming up.

    Args:
        longest_s: of waiting for an answer, for who is in a hurry: then none is waited for or asked twice either.
    """
    from powerstream_desktop.client.finding import find_soon
    from powerstream_desktop.common.service_file import find_service

    runtime = Paths.from_environment(os.environ).runtime
    if (find_soon(runtime) if longest_s is None else find_service(runtime)) is None:
        yield None
        return
    from powerstream_desktop.client.address import HomeAddress
    from powerstream_desktop.client.client import Client
    from powerstream_desktop.client.wire import Wire

    where = HomeAddress(runtime=runtime)
    client = (
        Client(where, was_found=True)
        if longest_s is None
        else Client(where, patience_s=0, sender=Wire(longest_s))
    )
    with client:
        yield client


def the_one(kind: str, wanted: str, things: Sequence[ThingT]) -> ThingT:
    """Return what is called ``wanted``: by its id, by its name, or by its name in other letters; in this order.

    Args:
        kind: what such a thing is called.
        wanted: id or name.
        things: all there are.

    Raises:
        UserError: there is none, or there are several.
    """
    found = [each for each in things if each.id == wanted]
    found = found or [each for each in things if each.name == wanted]
    found = found or [each for each in things if each.name.casefold() == wanted.casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(each.id for each in found)
        raise UserError(
            f"More than one {kind} is called {_quoted(wanted)}.", hint=f"Use one of the ids: {ids}."
        )
    names = ", ".join(_quoted(each.name) for each in things[:_NAMED_IN_HINTS])
    more = ", …" if len(things) > _NAMED_IN_HINTS else ""
    raise UserError(
        f"There is no {kind} {_quoted(wanted)}.",
        hint=f"There are: {names}{more}." if names else "There are none yet.",
    )


def the_chosen(kind: str, wanted: Sequence[str], things: Sequence[ThingT]) -> tuple[ThingT, ...]:
    """Return what is called so, each once, in this order; errors as with ``the_one``."""
    found = {thing.id: thing for thing in (the_one(kind, name, things) for name in wanted)}
    return tuple(found.values())


def _quoted(name: str) -> str:
    return f"'{printable_text(name)}'"
