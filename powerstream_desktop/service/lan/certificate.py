"""The certificate by which a paired device knows this computer: made once, signed by itself, and pinned by its fingerprint.

Names and addresses change with each network, so a device looks at the fingerprint, which the window shows beside the pairing code,
and at nothing else. So the certificate is not renewed with them: it is made once for a long time. It is never replaced silently
either, for all devices would have to be paired again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import ipaddress
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.common.paths import PRIVATE_MODE
from powerstream_desktop.common.private_file import NotPrivateError, read_private_file
from powerstream_desktop.common.whole_file import replace_file
from powerstream_desktop.service.lan.own_names import OwnNames

FILE_NAME: Final = "network-certificate.pem"
LIFE: Final = dt.timedelta(days=20 * 365)
MAX_BYTES: Final = 64 * 1024
_LATE_CLOCKS: Final = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """One that lies on disk, with its key.

    Attributes:
        path: of both.
        fingerprint: SHA-256, as ``AB:CD:…``.
    """

    path: Path
    fingerprint: str

    def context(self) -> ssl.SSLContext:
        """Return what a server needs; SystemFault if the file is no longer what it was."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.set_alpn_protocols(["http/1.1"])
        try:
            context.load_cert_chain(self.path)
        except (ssl.SSLError, OSError) as error:
            raise _unusable(self.path, "it holds no key that fits", repr(error)) from error
        return context


def certificate_of(folder: Path, names: OwnNames, unix_s: float) -> Certificate:
    """Return the certificate of an installation, made at the first use. Blocks as the disk does.

    Args:
        folder: where it lies.
        names: of this computer, for those who look at them.
        unix_s: wall time.

    Raises:
        SystemFault: it is damaged, others may read it, or the disk refuses.
    """
    path = folder / FILE_NAME
    try:
        content = read_private_file(path, MAX_BYTES)
    except FileNotFoundError:
        content = made(names, dt.datetime.fromtimestamp(unix_s, dt.UTC))
        _write(path, content)
    except NotPrivateError:
        raise _unusable(path, "it is not this user's alone, so others may have its key") from None
    except OSError as error:
        raise _unusable(path, error.strerror or "the disk refuses", repr(error)) from error
    try:
        certificate = x509.load_pem_x509_certificate(content)
    except ValueError as error:
        raise _unusable(path, "it is damaged", repr(error)) from error
    return Certificate(
        path=path,
        fingerprint=fingerprint_of(certificate.public_bytes(serialization.Encoding.DER)),
    )


def fingerprint_of(der: bytes) -> str:
    """Return the SHA-256 of a certificate, as people compare it."""
    return hashlib.sha256(der).digest().hex(":").upper()


def made(names: OwnNames, now: dt.datetime) -> bytes:
    """Return a new key and its certificate, as PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "PowerStream")])
    alternatives: list[x509.GeneralName] = [
        *(x509.DNSName(each) for each in (*names.names, "localhost")),
        *(x509.IPAddress(ipaddress.ip_address(each)) for each in names.addresses),
    ]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _LATE_CLOCKS)
        .not_valid_after(now + LIFE)
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private + certificate.public_bytes(serialization.Encoding.PEM)


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(mode=PRIVATE_MODE, parents=True, exist_ok=True)
        replace_file(path, content)
    except OSError as error:
        raise _unusable(path, error.strerror or "the disk refuses", repr(error)) from error


def _unusable(path: Path, why: str, detail: str = "") -> SystemFault:
    return SystemFault(
        f"The certificate {path} cannot be used: {why}.",
        hint="Delete it to have a new one made; devices that were paired must compare its fingerprint anew.",
        detail=detail,
    )
