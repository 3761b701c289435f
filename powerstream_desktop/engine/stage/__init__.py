"""What stands on the stage: the sources that the studio needs, open, and their pictures laid out for each rendition."""
