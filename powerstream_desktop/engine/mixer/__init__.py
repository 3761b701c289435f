"""The mixer: channels, filters, meters. All of it is driven by the schedule's reads and knows no clock."""
