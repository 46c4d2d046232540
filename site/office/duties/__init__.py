"""职责分离: who holds what together, which acts have two people, and whom a leave takes away."""
