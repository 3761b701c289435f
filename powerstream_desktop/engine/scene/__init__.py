"""What is to be seen: sources, scenes and their layers, as values that are edited, undone and kept on disk."""
