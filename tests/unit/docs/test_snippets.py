"""Code and data that the pages show: what they import is there, what they call takes it, and what is called JSON is JSON."""

from __future__ import annotations

import ast
import importlib
import inspect
import json
from operator import attrgetter

import pytest

from powerstream_desktop.client.address import Address, KnownAddress
from powerstream_desktop.client.client import Client
from powerstream_desktop.common.secrets import Secret
from tests.unit.docs.pages import Page, pages

PYTHON = [(each, block) for each in pages() for block in each.blocks("python")]
JSON = [(each, block) for each in pages() for block in each.blocks("json")]


def name_of(shown: object) -> str:
    return shown.name if isinstance(shown, Page) else ""


def test_there_are_some() -> None:
    assert len(PYTHON) >= 1
    assert len(JSON) >= 4


@pytest.mark.parametrize(("at", "block"), PYTHON, ids=name_of)
def test_what_a_page_imports_is_there(at: Page, block: str) -> None:
    imports = [node for node in ast.walk(ast.parse(block)) if isinstance(node, ast.ImportFrom)]
    assert imports, at.name
    for node in imports:
        module = importlib.import_module(node.module or "")
        assert [each.name for each in node.names if not hasattr(module, each.name)] == []


@pytest.mark.parametrize(("at", "block"), PYTHON, ids=name_of)
def test_what_a_page_asks_of_the_client_it_can_be_asked(at: Page, block: str) -> None:
    calls = [node for node in ast.walk(ast.parse(block)) if isinstance(node, ast.Call)]
    asked = {ast.unparse(call.func): call for call in calls if ast.unparse(call.func).startswith("client.")}
    assert len(asked) >= 2, at.name
    with Client(
        KnownAddress(known=Address(url="http://127.0.0.1:1", token=Secret("made-up-token")))
    ) as client:
        for path, call in asked.items():
            inspect.signature(attrgetter(path.removeprefix("client."))(client)).bind(*call.args)


@pytest.mark.parametrize(("at", "block"), JSON, ids=name_of)
def test_what_is_called_json_is_json(at: Page, block: str) -> None:
    assert json.loads(block), at.name
