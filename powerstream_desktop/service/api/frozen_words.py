"""The engine's frozen values in the API's words: the same, with the names of their fields in camelCase. Pure.

So nothing that the engine tells has to be written down twice.
"""

from __future__ import annotations

import re
from typing import Any, Final

from powerstream_desktop.common.frozen_json import to_json

_UNDERSCORE: Final = re.compile(r"_([a-z0-9])")


def camel(name: str) -> str:
    """Return the API's name of a field; of a sentence, with the names of fields in it."""
    return _UNDERSCORE.sub(lambda match: match[1].upper(), name)


def words_of(value: Any) -> Any:
    """Return a frozen value, or a tuple of them, as JSON in the API's words."""
    return _renamed(to_json(value))


def _renamed(value: Any) -> Any:
    if isinstance(value, dict):
        return {camel(name): _renamed(each) for name, each in value.items()}
    return [_renamed(each) for each in value] if isinstance(value, list) else value
