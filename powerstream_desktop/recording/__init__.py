"""The recording: a hybrid MP4 that is playable however the process dies."""
