"""Clips: pieces of recordings in files of their own, cut at key frames or at exactly the frames that are wanted."""
