"""The settings page: what the service declares, each with the editor that its kind needs; devices, and what this program is."""
