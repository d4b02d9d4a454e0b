"""What each session was shown and what it liked: pure state, a durable log, and the actors."""
