"""What goes out on one connection: the protocol's side, the queue, the writer, and what was taken of it."""
