"""The demo's stories, told through the doors that real matters go through."""
