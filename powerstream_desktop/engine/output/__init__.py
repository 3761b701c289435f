"""One rendition's way out: encoded pictures and sound become FLV tags on one timeline."""
