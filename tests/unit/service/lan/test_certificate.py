"""The certificate that paired devices pin."""

from __future__ import annotations

import datetime as dt
import ssl
import stat
import sys
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.service.lan.certificate import FILE_NAME, certificate_of, fingerprint_of
from powerstream_desktop.service.lan.own_names import OwnNames

UNIX_S = 1_800_000_000.0
NAMES = OwnNames(names=("studio", "studio.local"), addresses=("192.168.1.20", "fd00::2"))


def test_a_certificate_is_made_once_and_then_stays_whatever_the_network(tmp_path: Path) -> None:
    first = certificate_of(tmp_path / "data", NAMES, UNIX_S)
    elsewhere = OwnNames(names=("other",), addresses=("10.0.0.7",))
    assert certificate_of(tmp_path / "data", elsewhere, UNIX_S + 1e8) == first
    assert certificate_of(tmp_path / "else", NAMES, UNIX_S).fingerprint != first.fingerprint


def test_it_names_this_computer_and_can_sign_for_nobody_else(tmp_path: Path) -> None:
    path = certificate_of(tmp_path, NAMES, UNIX_S).path
    certificate = x509.load_pem_x509_certificate(path.read_bytes())
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["studio", "studio.local", "localhost"]
    assert [str(each) for each in names.get_values_for_type(x509.IPAddress)] == ["192.168.1.20", "fd00::2"]
    assert not certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    public = certificate.public_key()
    assert isinstance(public, ec.EllipticCurvePublicKey)
    assert isinstance(public.curve, ec.SECP256R1)
    assert certificate.not_valid_before_utc < dt.datetime.fromtimestamp(UNIX_S, dt.UTC)
    assert certificate.not_valid_after_utc > dt.datetime.fromtimestamp(UNIX_S, dt.UTC) + dt.timedelta(3650)


def test_its_fingerprint_is_what_others_compute(tmp_path: Path) -> None:
    certificate = certificate_of(tmp_path, NAMES, UNIX_S)
    pem = certificate.path.read_text()
    der = ssl.PEM_cert_to_DER_cert(pem[pem.index("-----BEGIN CERTIFICATE") :])
    assert certificate.fingerprint == fingerprint_of(der)
    assert len(certificate.fingerprint.split(":")) == 32
    assert fingerprint_of(b"").startswith("E3:B0:C4:42")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps others out by the folder's access list")
def test_its_key_is_this_users_alone_and_one_that_others_read_is_not_used(tmp_path: Path) -> None:
    path = certificate_of(tmp_path, NAMES, UNIX_S).path
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o644)
    with pytest.raises(SystemFault, match="others may have its key"):
        certificate_of(tmp_path, NAMES, UNIX_S)


@pytest.mark.parametrize(
    "content", [b"", b"rubbish", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]
)
def test_a_damaged_one_is_said_and_never_replaced(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / FILE_NAME
    path.touch(mode=0o600)
    path.write_bytes(content)
    with pytest.raises(SystemFault, match="it is damaged") as caught:
        certificate_of(tmp_path, NAMES, UNIX_S)
    assert "Delete it" in caught.value.hint
    assert path.read_bytes() == content


def test_a_certificate_without_its_key_serves_nobody(tmp_path: Path) -> None:
    certificate = certificate_of(tmp_path, NAMES, UNIX_S)
    pem = certificate.path.read_text()
    certificate.path.write_text(pem[pem.index("-----BEGIN CERTIFICATE") :])
    with pytest.raises(SystemFault, match="no key that fits"):
        certificate.context()


def test_a_disk_that_refuses_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SystemFault, match="cannot be used"):
        certificate_of(tmp_path / "file", NAMES, UNIX_S)
