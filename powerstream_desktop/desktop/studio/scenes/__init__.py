"""The strip of scenes, how one becomes the next, privacy, undo and redo."""
