"""What a store says is not believed because it is there."""

from __future__ import annotations

from typing import Any

import pytest

from powerstream_desktop.cloud.object_store import s3_answers
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode


@pytest.mark.parametrize(("said", "etag"), [('"abc-2"', "abc-2"), ("abc", "abc"), ('W/"abc"', "abc")])
def test_an_etag_is_taken_without_its_quotes(said: str, etag: str) -> None:
    assert s3_answers.etag({"ETag": said}) == etag


@pytest.mark.parametrize("said", [None, "", '""', 'W/""', 7, f'"{"x" * 257}"'], ids=repr)
def test_an_etag_that_is_empty_or_without_end_is_none(said: Any) -> None:
    with pytest.raises(StoreTrouble) as error:
        s3_answers.etag({"ETag": said})
    assert error.value.kind is TroubleCode.UNKNOWN
