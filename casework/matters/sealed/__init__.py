"""检举控告 (class B): taken in, kept by custodians, handed over on a list; seen by nobody else."""
