"""Sentences for what the disk says."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from powerstream_desktop.common.errors import SystemFault, UserError
from powerstream_desktop.recording.disk_faults import disk_fault, folder_fault


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (errno.ENOSPC, "The disk is full"),
        (errno.EDQUOT, "quota is used up"),
        (errno.EFBIG, "largest file"),
        (errno.EROFS, "read-only"),
        (errno.EIO, "reports a fault"),
        (errno.ENOENT, "is gone"),
        (errno.ESTALE, "is gone"),
        (errno.EBUSY, "cannot be written"),
    ],
)
def test_each_trouble_has_a_sentence_and_the_system_as_its_culprit(code: int, sentence: str) -> None:
    fault = disk_fault(OSError(code, os.strerror(code)))
    assert isinstance(fault, SystemFault)
    assert sentence in fault.title
    assert fault.hint
    assert fault.detail == f"{errno.errorcode[code]}: {os.strerror(code)}"


@pytest.mark.parametrize(
    ("code", "kind", "sentence"),
    [
        (errno.EACCES, UserError, "cannot be written to"),
        (errno.EROFS, UserError, "cannot be written to"),
        (errno.EEXIST, UserError, "is not a folder"),
        (errno.ENOTDIR, UserError, "is not a folder"),
        (errno.ENOSPC, SystemFault, "no space left"),
        (errno.EIO, SystemFault, "cannot be used"),
    ],
)
def test_a_folder_that_cannot_take_a_recording_is_named(
    code: int, kind: type[Exception], sentence: str
) -> None:
    fault = folder_fault(Path("/videos/live"), OSError(code, os.strerror(code)))
    assert type(fault) is kind
    assert sentence in fault.title
    assert str(Path("/videos/live")) in fault.title


def test_an_error_without_a_number_is_no_trouble() -> None:
    assert disk_fault(OSError("odd")).detail == "unknown: odd"
