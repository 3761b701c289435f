"""docs/openapi.json and docs/api.md, made of the application itself.

python -m tests.unit.service.api.api_document --write
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from powerstream_desktop import __version__
from powerstream_desktop.service.api.app import create_api
from powerstream_desktop.service.api.parts import APIParts

DOCS: Final = Path(__file__).parents[4] / "docs"
GOLDEN: Final = DOCS / "openapi.json"
DOCUMENT: Final = DOCS / "api.md"
BEGIN: Final = "<!-- made by tests/unit/service/api/api_document.py from here on -->"


def openapi() -> dict[str, Any]:
    """Return the document that the service serves."""
    nothing: Any = None
    parts = APIParts(**{**dict.fromkeys(APIParts.__dataclass_fields__, nothing), "version": __version__})
    document: dict[str, Any] = create_api(parts).openapi()
    return document


def golden(document: dict[str, Any]) -> str:
    """Return the text of the golden copy."""
    return json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def prose(document: dict[str, Any]) -> str:
    """Return the made part of docs/api.md."""
    lines = ["## Routes", ""]
    for path, method, operation in operations(document):
        lines += _route(path, method, operation)
    lines += ["## Objects", ""]
    for name, schema in sorted(document["components"]["schemas"].items()):
        lines += _object(name, schema)
    return "\n".join(lines).rstrip() + "\n"


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Give each route with its method."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method.upper(), operation


def _route(path: str, method: str, operation: dict[str, Any]) -> list[str]:
    lines = [
        f"### `{method} {path}`",
        "",
        f"**{operation['summary']}.** {_flat(operation.get('description'))}",
        "",
    ]
    lines += [f"Needs {_needs(operation)}.", ""]
    if parameters := operation.get("parameters"):
        lines += ["| parameter | is | |", "| --- | --- | --- |"]
        for each in parameters:
            told = _flat(each.get("description") or each["schema"].get("description"))
            lines.append(f"| `{each['name']}` ({each['in']}) | {_kind(each['schema'])} | {told} |")
        lines.append("")
    if "requestBody" in operation:
        lines += [f"Takes {_kind(_json(operation['requestBody']))}.", ""]
    for status, answer in operation["responses"].items():
        if status != "default":
            lines += [f"Answers {status}: {_kind(_json(answer))}.", ""]
    return lines


def _needs(operation: dict[str, Any]) -> str:
    scopes = [scope for each in operation["security"] for scope in each["token"]]
    return f"a token that allows `{scopes[0]}`" if scopes else "no token"


def _json(answer: dict[str, Any]) -> dict[str, Any]:
    content = answer.get("content", {})
    schema: dict[str, Any] = content.get("application/json", {}).get("schema", {})
    return schema


def _object(name: str, schema: dict[str, Any]) -> list[str]:
    lines = [f"### {name}", "", _flat(schema.get("description")), ""]
    if "enum" in schema:
        return [*lines, _kind(schema), ""]
    if schema.get("properties"):
        lines += ["| field | is | default | |", "| --- | --- | --- | --- |"]
        for field, kind in schema["properties"].items():
            default = "" if field in schema.get("required", ()) else f"`{json.dumps(kind.get('default'))}`"
            lines.append(f"| `{field}` | {_kind(kind)} | {default} | {_flat(kind.get('description'))} |")
        lines.append("")
    return lines


def _kind(schema: dict[str, Any]) -> str:
    """Return what a schema is called."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema or "oneOf" in schema:
        return " or ".join(_kind(each) for each in schema.get("anyOf") or schema["oneOf"])
    if "const" in schema:
        return f"`{json.dumps(schema['const'])}`"
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    kind = schema.get("type", "anything")
    if kind == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"object of {_kind(schema['additionalProperties'])} by name"
    word = {"string": "text", "integer": "whole number", "boolean": "true or false"}.get(kind, kind)
    return f"{_FORMATS.get(schema.get('format', ''), word)}{_range(schema)}"


_FORMATS: Final = {"date-time": "moment (UTC)", "date": "day", "password": "text, secret"}


def _range(schema: dict[str, Any]) -> str:
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is not None and high is not None:
        return f" from {low} to {high}"
    return f" of up to {schema['maxLength']} characters" if "maxLength" in schema else ""


def _flat(text: str | None) -> str:
    return " ".join((text or "").split()).replace("``", "`").replace("|", "\\|")


def main() -> None:
    """Print the made part, or write both documents."""
    document = openapi()
    if sys.argv[1:] != ["--write"]:
        sys.stdout.write(prose(document))
        return
    GOLDEN.write_text(golden(document), "utf-8")
    intro = DOCUMENT.read_text("utf-8").partition(BEGIN)[0]
    DOCUMENT.write_text(f"{intro}{BEGIN}\n\n{prose(document)}", "utf-8")


if __name__ == "__main__":
    main()
