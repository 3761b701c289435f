"""The editor of a scene: its layers in a list and on the preview itself, and what each source is."""
