"""What each move does, by the part of the procedure: effects, after-effects, turns and gates."""
