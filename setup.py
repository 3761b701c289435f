"""What ``pyproject.toml`` cannot say: the folder ``resources/`` travels inside the package (``common/resources.py``)."""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages(include=["powerstream_desktop*"]), "powerstream_desktop.resources"],
    package_dir={"powerstream_desktop.resources": "resources"},
)
