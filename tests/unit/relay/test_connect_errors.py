"""Every exception of DNS, TCP and TLS in one vocabulary."""

from __future__ import annotations

import errno
import os
import socket
import ssl

import pytest

from powerstream_desktop.platforms.failures import FailureKind
from powerstream_desktop.relay.connect.connect_errors import (
    closed_failure,
    connect_failure,
    loss_failure,
    protocol_failure,
    refusal_failure,
)
from powerstream_desktop.rtmp.errors import ChunkError, HandshakeError, ProtocolError
from powerstream_desktop.rtmp.events import CloseReason, Stage

K = FailureKind


def os_error(number: int) -> OSError:
    """The exception Python itself would raise for this number."""
    return OSError(number, os.strerror(number))


def certificate_error(code: int, message: str) -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_code = code
    error.verify_message = message
    return error


def tls_error(reason: str) -> ssl.SSLError:
    error = ssl.SSLError(1, f"[SSL: {reason}]")
    error.reason = reason
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
        (tls_error("TLSV1_ALERT_PROTOCOL_VERSION"), K.TLS_TOO_OLD),
        (tls_error("UNSUPPORTED_PROTOCOL"), K.TLS_TOO_OLD),
        (tls_error("WRONG_VERSION_NUMBER"), K.TLS_MISSING),
        (tls_error("RECORD_LAYER_FAILURE"), K.TLS_MISSING),
        (tls_error("SSLV3_ALERT_HANDSHAKE_FAILURE"), K.TLS_FAILED),
        (ssl.SSLError(1, "no reason given"), K.TLS_FAILED),
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


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (HandshakeError("It speaks HTTP.", code="http"), K.WEB_PAGE),
        (HandshakeError("It speaks TLS.", code="tls"), K.NOT_RTMP),
        (HandshakeError("It speaks something.", code="other"), K.NOT_RTMP),
        (ChunkError("The chunk stream is broken."), K.PROTOCOL),
    ],
    ids=str,
)
def test_whoever_does_not_speak_rtmp_well_is_told_apart(error: ProtocolError, kind: FailureKind) -> None:
    assert protocol_failure(error).kind is kind


@pytest.mark.parametrize(
    ("reason", "stage", "kind"),
    [
        (CloseReason.PEER_CLOSED, Stage.BEFORE_CONNECT, K.CLOSED_BEFORE_CONNECT),
        (CloseReason.PEER_CLOSED, Stage.BEFORE_START, K.CLOSED_BEFORE_START),
        (CloseReason.PEER_CLOSED, Stage.LIVE, K.CLOSED),
        (CloseReason.HANDSHAKE_TIMEOUT, Stage.BEFORE_CONNECT, K.HANDSHAKE_TIMEOUT),
        (CloseReason.COMMAND_TIMEOUT, Stage.BEFORE_CONNECT, K.HANDSHAKE_TIMEOUT),
        (CloseReason.COMMAND_TIMEOUT, Stage.BEFORE_START, K.START_TIMEOUT),
    ],
    ids=str,
)
def test_an_end_is_judged_by_its_stage(reason: CloseReason, stage: Stage, kind: FailureKind) -> None:
    assert closed_failure(reason, stage).kind is kind


@pytest.mark.parametrize(
    ("code", "description", "detail"),
    [
        ("NetConnection.Connect.InvalidApp", "no app", "NetConnection.Connect.InvalidApp: no app"),
        ("NetConnection.Connect.InvalidApp", "", "NetConnection.Connect.InvalidApp"),
        ("", "need auth; authmod=adobe", "need auth; authmod=adobe"),
    ],
)
def test_a_refusal_holds_what_the_server_said(code: str, description: str, detail: str) -> None:
    assert refusal_failure(code, description).detail == detail
