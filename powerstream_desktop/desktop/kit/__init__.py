"""Small widgets with one job each, used by several pages. They show what they are told and know nothing of the service."""
