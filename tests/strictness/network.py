"""Nothing leaves loopback: the test process may connect, bind, send and resolve on this machine only.

A breach raises, and fails the test even if the code under test swallowed the exception. Names below ``.invalid`` fail
to resolve as they would in the wild (RFC 6761), so a test can have its DNS error without asking anybody.

Child processes are not guarded: what an e2e test starts, it starts with loopback addresses.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Generator
from typing import Any

import pytest

_LOCAL_NAMES = frozenset({"localhost", "localhost.", "ip6-localhost", "ip6-loopback"})


class LeftLoopback(AssertionError):  # noqa: N818 - names the event
    """A test tried to reach another machine, or to be reached by one."""


class LoopbackGuard:
    """Stands in for the ways out of ``socket`` for the whole session."""

    def __init__(self) -> None:
        self._breaches: list[str] = []
        self._patch = pytest.MonkeyPatch()

    def install(self) -> None:
        """Put the guard before every method that names an address."""
        for name in ("connect", "connect_ex", "bind"):
            self._patch.setattr(socket.socket, name, self._guarded_method(name, address_index=0))
        self._patch.setattr(socket.socket, "sendto", self._guarded_method("sendto", address_index=-1))
        for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr"):
            self._patch.setattr(socket, name, self._guarded_lookup(name))

    def remove(self) -> None:
        """Give ``socket`` its own methods back."""
        self._patch.undo()

    def take_breaches(self) -> list[str]:
        """Return what was refused since the last call."""
        breaches, self._breaches = self._breaches, []
        return breaches

    def _guarded_method(self, name: str, *, address_index: int) -> Callable[..., Any]:
        original = getattr(socket.socket, name)

        def guarded(sock: socket.socket, *args: Any) -> Any:
            if sock.family in (socket.AF_INET, socket.AF_INET6):
                self._require_local(args[address_index][0], f"socket.{name}")
            return original(sock, *args)

        return guarded

    def _guarded_lookup(self, name: str) -> Callable[..., Any]:
        original = getattr(socket, name)

        def guarded(host: Any, *args: Any, **kwargs: Any) -> Any:
            text = _text(host)
            if text.rstrip(".").endswith(".invalid"):
                raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
            self._require_local(text, name)
            return original(host, *args, **kwargs)

        return guarded

    def _require_local(self, host: Any, by: str) -> None:
        if not _is_local(_text(host)):
            self._breaches.append(f"{by}({_text(host)!r})")
            raise LeftLoopback(f"{by}({_text(host)!r}) is not loopback")


def _text(host: Any) -> str:
    if host is None:
        return ""
    return host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)


def _is_local(host: str) -> bool:
    if host in _LOCAL_NAMES:
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


class NetworkGuardPlugin:
    """Fails the test during which the guard refused something."""

    def __init__(self) -> None:
        self._guard = LoopbackGuard()

    def pytest_sessionstart(self) -> None:
        self._guard.install()

    def pytest_unconfigure(self) -> None:
        self._guard.remove()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_teardown(self) -> Generator[None, object, object]:
        result = yield
        breaches = self._guard.take_breaches()
        if breaches:
            pytest.fail(f"left loopback: {', '.join(breaches)}", pytrace=False)
        return result
