"""What the project tells Wagtail: here, its labels in Chinese."""

from config.labels import set_labels

set_labels()
