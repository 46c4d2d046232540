"""Coming in: attempts and locks, passwords and their codes, sessions and their end."""
