"""Scenes, layers and sources as the engine told them last, and the edits that can be asked of it. Pure: no Qt."""
