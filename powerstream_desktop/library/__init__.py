"""The replay library: VOD assets, markers, search, thumbnails and clips."""
