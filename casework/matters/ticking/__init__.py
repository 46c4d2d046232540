"""What the clock does by itself: warns, finds what is overdue or lapsed, each of it once."""
