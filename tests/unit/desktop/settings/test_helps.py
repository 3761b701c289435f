"""What the service says about its settings is said in German, too."""

from __future__ import annotations

import pytest

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.desktop.language.language import GERMAN
from powerstream_desktop.desktop.language.said import forms_of
from powerstream_desktop.service.settings.document import changed, document_of
from powerstream_desktop.service.settings.settings import OPTIONS


@pytest.mark.parametrize("name", list(OPTIONS))
def test_every_help_is_known_in_german(name: str) -> None:
    assert forms_of(GERMAN).knows("", OPTIONS[name].declared.help)


@pytest.mark.parametrize("name", list(OPTIONS))
def test_every_refusal_of_a_value_is_known_in_german(name: str) -> None:
    with pytest.raises(UserError) as refused:
        changed(document_of({}), {name: 1.5})
    assert forms_of(GERMAN).knows("not-possible", refused.value.title)
