"""RTMPS on loopback with good and bad certificates; what arrives is kept, so that a test can look for the key in it."""

from __future__ import annotations

import asyncio
import datetime as dt
import ssl
import warnings
from enum import Enum
from pathlib import Path
from typing import Self

import trustme

from tests.e2e.support.loop_thread import LoopThread
from tests.e2e.support.ports import LOOPBACK
from tests.e2e.support.proxy import FaultProxy

HOST = "localhost"
READ_SIZE = 64 * 1024


class Certificate(Enum):
    """What the server shows to a client that asks for ``localhost``."""

    VALID = "for localhost, by a trusted authority"
    WRONG_NAME = "for another host, by a trusted authority"
    EXPIRED = "for localhost, by a trusted authority, expired yesterday"
    SELF_SIGNED = "signed by itself"
    UNKNOWN_AUTHORITY = "for localhost, by an authority nobody trusts"
    OLD_TLS = "a good one, but the server speaks nothing newer than TLS 1.1"
    NAME_NOT_SERVED = "a good one, but the server does not serve the name that it is asked for (SNI)"


class Authority:
    """A certificate authority that clients trust when ``environment`` is added to theirs.

    Args:
        folder: existing folder for the authority's certificate.
    """

    def __init__(self, folder: Path) -> None:
        self._trusted = trustme.CA(organization_name="Trusted by the test")
        self.trust_file = folder / "trusted-authority.pem"
        self._trusted.cert_pem.write_to_path(str(self.trust_file))

    @property
    def environment(self) -> dict[str, str]:
        """Variables that make OpenSSL's default context trust this authority, and no other."""
        return {"SSL_CERT_FILE": str(self.trust_file), "SSL_CERT_DIR": str(self.trust_file.parent / "none")}

    def server_context(self, certificate: Certificate) -> ssl.SSLContext:
        """Return a server's context that shows this certificate."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._issue(certificate).configure_cert(context)
        if certificate is Certificate.OLD_TLS:
            _allow_only_old_tls(context)
        if certificate is Certificate.NAME_NOT_SERVED:
            context.sni_callback = _serves_no_name
        return context

    def _issue(self, certificate: Certificate) -> trustme.LeafCert:
        now = dt.datetime.now(dt.UTC)
        match certificate:
            case Certificate.VALID | Certificate.OLD_TLS | Certificate.NAME_NOT_SERVED:
                return self._trusted.issue_cert(HOST, LOOPBACK)
            case Certificate.WRONG_NAME:
                return self._trusted.issue_cert("elsewhere.invalid")
            case Certificate.EXPIRED:
                day = dt.timedelta(days=1)
                return self._trusted.issue_cert(
                    HOST, LOOPBACK, not_before=now - 30 * day, not_after=now - day
                )
            case Certificate.UNKNOWN_AUTHORITY:
                return trustme.CA(organization_name="Trusted by nobody").issue_cert(HOST, LOOPBACK)
            case Certificate.SELF_SIGNED:
                return _self_signed()


class TlsIngest:
    """A TLS server in front of a plain RTMP server on another loopback port.

    Attributes:
        received: every byte that came out of TLS; appended by the server's thread.
        proxy: stands before it; its passages hold every byte as it came over the wire, and it can spoil connections.
    """

    def __init__(self, authority: Authority, certificate: Certificate, *, target_port: int) -> None:
        self.received = bytearray()
        self._target_port = target_port
        self._context = authority.server_context(certificate)
        self._thread = LoopThread("tls-ingest")
        self.proxy = FaultProxy(self._thread.run(self._listen()))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @property
    def server_url(self) -> str:
        """Server URL without a key."""
        return f"rtmps://{HOST}:{self.proxy.port}/live"

    def close(self) -> None:
        """Stop listening, drop everybody and end both threads."""
        self.proxy.close()
        self._thread.run(self._stop_listening())
        self._thread.close()

    async def _listen(self) -> int:
        self._server = await asyncio.start_server(self._welcome, LOOPBACK, 0, ssl=self._context)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def _stop_listening(self) -> None:
        self._server.close()

    def _welcome(self, from_client: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        self._thread.spawn(self._serve(from_client, to_client))

    async def _serve(self, from_client: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        from_server, to_server = await asyncio.open_connection(LOOPBACK, self._target_port)
        back = asyncio.create_task(_pass(from_server, to_client))
        try:
            while data := await from_client.read(READ_SIZE):
                self.received += data
                to_server.write(data)
                await to_server.drain()
        except OSError:
            return  # the client went away
        finally:
            back.cancel()
            await asyncio.gather(back, return_exceptions=True)
            for writer in (to_client, to_server):
                writer.transport.abort()


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(READ_SIZE):
        writer.write(data)
        await writer.drain()
    writer.close()


def _allow_only_old_tls(context: ssl.SSLContext) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # it is the point
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    context.set_ciphers("ALL:@SECLEVEL=0")


def _serves_no_name(_connection: ssl.SSLObject, _name: str | None, _context: ssl.SSLContext) -> int:
    return ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME


def _self_signed() -> trustme.LeafCert:
    """Make a leaf certificate for localhost whose only signature is its own."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder(issuer_name=name, subject_name=name, public_key=key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return trustme.LeafCert(private, certificate.public_bytes(serialization.Encoding.PEM), [])
