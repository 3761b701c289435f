"""Manifests: what the cloud knows of each replay, such that several computers agree on it without a server (docs/manifests.md)."""
