"""Lays the pictures of a scene's layers onto one canvas, in planar YUV, touching only what changed."""
