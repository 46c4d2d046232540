"""应急账号: for an hour in which nobody who could give a right can be reached. Never silent."""
