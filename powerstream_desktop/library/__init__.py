"""Films: what is in them, what lies beside them, clips and single pictures of them, and the confined process that opens them."""
