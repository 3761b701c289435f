"""Every exception of DNS, TCP and TLS in one vocabulary."""

from __future__ import annotations

import errno
import os
import socket
import ssl

import pytest

from powerstream_desktop.platforms.causes import FailureKind
from powerstream_desktop.relay.connect_errors import connect_failure, loss_failure

K = FailureKind


def os_error(number: int) -> OSError:
    """The exception Python itself would raise for this number."""
    return OSError(number, os.strerror(number))


def certificate_error(code: int, message: str) -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_code = code
    error.verify_message = message
    return error


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), K.DNS),
        (os_error(errno.ECONNREFUSED), K.REFUSED),
        (os_error(errno.ENETUNREACH), K.UNREACHABLE),
        (os_error(errno.EHOSTUNREACH), K.UNREACHABLE),
        (os_error(errno.EADDRNOTAVAIL), K.UNREACHABLE),
        (os_error(errno.ETIMEDOUT), K.CONNECT_TIMEOUT),
        (TimeoutError(), K.CONNECT_TIMEOUT),
        (os_error(errno.EMFILE), K.SYSTEM),
        (os_error(errno.EACCES), K.SYSTEM),
        (certificate_error(10, "certificate has expired"), K.TLS_EXPIRED),
        (certificate_error(62, "Hostname mismatch"), K.TLS_WRONG_NAME),
        (certificate_error(64, "IP address mismatch"), K.TLS_WRONG_NAME),
        (certificate_error(18, "self-signed certificate"), K.TLS_UNTRUSTED),
        (certificate_error(20, "unable to get local issuer certificate"), K.TLS_UNTRUSTED),
        (ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER] wrong version number"), K.TLS_FAILED),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_connection_that_cannot_be_made_has_its_kind(error: OSError, kind: FailureKind) -> None:
    assert connect_failure(error, tls=True).kind is kind


@pytest.mark.parametrize(
    "error",
    [ConnectionResetError(), ConnectionAbortedError("SSL handshake is taking longer than 5.0 seconds")],
)
def test_a_peer_that_hangs_up_during_tls_does_not_speak_it(error: OSError) -> None:
    assert connect_failure(error, tls=True).kind is K.TLS_FAILED
    assert connect_failure(error, tls=False).kind is K.RESET


@pytest.mark.parametrize(
    "error",
    [
        os_error(errno.ECONNRESET),
        os_error(errno.EPIPE),
        os_error(errno.ECONNABORTED),
        os_error(errno.ETIMEDOUT),
        ConnectionResetError("Connection lost"),
        ssl.SSLEOFError(8, "EOF occurred in violation of protocol"),
    ],
    ids=repr,
)
def test_a_standing_connection_that_breaks_was_cut(error: OSError) -> None:
    assert loss_failure(error).kind is K.RESET


def test_an_exception_nobody_expected_is_named_without_its_text() -> None:
    failure = loss_failure(RuntimeError("sk_live_1234567890"))
    assert (failure.kind, failure.detail) == (K.SYSTEM, "RuntimeError")
