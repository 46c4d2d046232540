"""The outbox: what happened is written with it, and told later, again until it is told."""
