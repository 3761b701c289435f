"""Going live: what the broadcast is called, where it goes, and the look at everything before it begins."""
