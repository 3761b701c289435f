"""Licences and the list of parts: made of what the distributions say of themselves."""

from __future__ import annotations

import json
from importlib.metadata import PathDistribution
from pathlib import Path

import pytest

from installer.environment import RUNTIME_LOCK
from installer.package.parts_list import digests_below, parts_list
from installer.package.product import Product
from installer.package.system_parts import SystemPart
from installer.package.third_parties import Part, is_left_out, list_of, locked_names, part_of, write_texts

PRODUCT = Product(
    name="powerstream-desktop", version="1.2.3", summary="", licence="GPL-3.0-or-later", authors="We",
    built_at_s=1_700_000_000,
)  # fmt: skip


def distribution(folder: Path, metadata: str, files: dict[str, str]) -> PathDistribution:
    info = folder / "Odd.Name-2.0.dist-info"
    for name, text in {"METADATA": metadata, **files}.items():
        (info / name).parent.mkdir(parents=True, exist_ok=True)
        (info / name).write_text(text)
    record = [f"{info.name}/{name},," for name in ("METADATA", *files)]
    (info / "RECORD").write_text("\n".join([*record, ""]))
    return PathDistribution(info)


def metadata(*fields: str) -> str:
    return "\n".join(["Metadata-Version: 2.4", "Name: Odd.Name", "Version: 2.0", *fields, ""])


def part(**changes: object) -> Part:
    fields: dict[str, object] = {
        "name": "odd-name", "version": "2.0", "licence": "MIT", "is_spdx": True, "home_page": "https://odd.example",
        "texts": (), "parts": (),
    }  # fmt: skip
    return Part(**{**fields, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "licence", "is_spdx"),
    [
        (["License-Expression: MIT AND Zlib", "License: other"], "MIT AND Zlib", True),
        (["License: Apache 2.0", "Classifier: License :: OSI Approved :: MIT License"], "Apache 2.0", False),
        (
            [f"License: {'a whole text ' * 20}", "Classifier: License :: OSI Approved :: MIT License"],
            "MIT License",
            False,
        ),
        ([], "see its text", False),
    ],
)
def test_a_licence_is_the_most_exact_thing_that_is_said(
    fields: list[str], licence: str, is_spdx: bool, tmp_path: Path
) -> None:
    found = part_of(distribution(tmp_path, metadata(*fields), {"licenses/LICENSE": "text"}))
    assert (found.licence, found.is_spdx) == (licence, is_spdx)
    assert (found.name, found.version) == ("odd-name", "2.0")


def test_texts_and_parts_are_found_beside_the_metadata(tmp_path: Path) -> None:
    sbom = json.dumps({"components": [{"name": "inner", "version": "3", "purl": "pkg:generic/inner@3"}]})
    files = {"licenses/LICENSE.md": "a", "NOTICE": "b", "sboms/a.cdx.json": sbom, "sboms/broken.json": "{"}
    found = part_of(distribution(tmp_path, metadata("Project-URL: Source, https://odd.example/code"), files))
    assert [text.name for text in found.texts] == ["NOTICE", "LICENSE.md"]
    assert found.parts == (("inner", "3", "pkg:generic/inner@3"),)
    assert found.home_page == "https://odd.example/code"


def test_a_distribution_without_a_text_has_none(tmp_path: Path) -> None:
    assert part_of(distribution(tmp_path, metadata(), {})).texts == ()


def test_only_a_distribution_that_is_left_out_as_a_whole_is_not_listed(tmp_path: Path) -> None:
    made = distribution(tmp_path, metadata(), {"LICENSE": "text"})
    info = tmp_path / "Odd.Name-2.0.dist-info"
    for files, expected in (
        (["pygments/a.py"], True),
        (["pygments/a.py", "own/a.py"], False),
        (["own.so"], False),
    ):
        (info / "RECORD").write_text("\n".join([*(f"{file},," for file in files), "../../bin/odd.py,,", ""]))
        assert is_left_out(made) is expected


def test_names_are_compared_as_registries_do() -> None:
    assert locked_names("Odd_Name==1 \\\n    --hash=sha256:0\nb.c==2 ; x == 'y' \\\n") == {"odd-name", "b-c"}
    assert {"av", "pyside6-essentials", "opencv-python-headless"} <= locked_names(
        RUNTIME_LOCK.read_text("utf-8")
    )


def test_each_part_has_its_texts_under_names_of_their_own(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "LICENSE.md").write_text(folder)
    texts = (tmp_path / "a" / "LICENSE.md", tmp_path / "b" / "LICENSE.md")
    out = tmp_path / "out"
    openssl = SystemPart(name="libssl3", version="1:3.0-1", system="debian", text=texts[0])
    write_texts(out, [part(texts=texts)], [openssl])
    assert (out / "libssl3-1-3.0-1" / "LICENSE.md").read_text() == "a"
    assert (out / "odd-name-2.0" / "LICENSE.md").read_text() == "a"
    assert (out / "odd-name-2.0" / "LICENSE-2.md").read_text() == "b"
    assert "GNU GENERAL PUBLIC LICENSE" in (out / "GPL-3.0.txt").read_text("utf-8")
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in (out / "LGPL-3.0.txt").read_text("utf-8")
    assert list(out.glob("python-*/LICENSE.txt"))


def test_the_list_names_every_part_with_its_version_and_licence() -> None:
    assert "| [odd-name](https://odd.example) | 2.0 | MIT |" in list_of([part()], [])


def test_the_list_names_what_came_from_the_system_too(tmp_path: Path) -> None:
    system = SystemPart(name="zlib1g", version="1:1.2+dfsg", system="debian", text=tmp_path)
    assert "| zlib1g (debian) | 1:1.2+dfsg | see its text |" in list_of([], [system])
    [_, listed] = parts_list(PRODUCT, [], [system], {})["components"]
    assert listed["purl"] == "pkg:deb/debian/zlib1g@1%3A1.2%2Bdfsg"


def test_the_list_of_parts_names_products_parts_and_files() -> None:
    inner = (
        ("odd_name", "2.0", ""),
        ("x264", "165", "pkg:generic/x264@165"),
        ("own", "1", "pkg:cargo/own?u=file://x"),
    )
    listed = parts_list(
        PRODUCT, [part(parts=inner), part(name="b", licence="BSD", is_spdx=False)], [], {"a.so": "ff"}
    )
    assert (listed["bomFormat"], listed["specVersion"]) == ("CycloneDX", "1.6")
    assert listed["metadata"]["timestamp"] == "2023-11-14T22:13:20Z"
    python, odd, other, file = listed["components"]
    assert python["name"] == "python"
    assert odd["purl"] == "pkg:pypi/odd-name@2.0"
    assert odd["licenses"] == [{"expression": "MIT"}]
    assert [(each["name"], each.get("purl")) for each in odd["components"]] == [
        ("x264", "pkg:generic/x264@165"),
        ("own", None),
    ]
    assert other["licenses"] == [{"license": {"name": "BSD"}}]
    assert file["hashes"] == [{"alg": "SHA-256", "content": "ff"}]
    references = [each["bom-ref"] for each in (*listed["components"], *odd["components"])]
    assert len(set(references)) == len(references)


def test_the_same_release_has_the_same_number_and_another_has_another() -> None:
    first, again = parts_list(PRODUCT, [], [], {"a.so": "ff"}), parts_list(PRODUCT, [], [], {"a.so": "ff"})
    other = parts_list(PRODUCT, [], [], {"a.so": "00"})
    assert first == again
    assert first["serialNumber"] != other["serialNumber"]


def test_libraries_are_summed_by_their_path_and_nothing_else_is(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "liba.so.6.1").write_bytes(b"")
    (tmp_path / "in" / "liba.so").symlink_to("liba.so.6.1")
    (tmp_path / "libold.so.1.1.1k").write_bytes(b"")
    (tmp_path / "words.txt").touch()
    of_nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert digests_below(tmp_path) == {"in/liba.so.6.1": of_nothing, "libold.so.1.1.1k": of_nothing}
