"""What language the window speaks: translations, the service's sentences, numbers and times as people write them."""
