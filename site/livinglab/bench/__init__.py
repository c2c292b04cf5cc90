"""What does a request cost? The site as production runs it, asked beside a view that does nothing."""
