"""What can be found: one folded text a record. The search index is declared personal data."""

from django.db import models


class SearchEntry(models.Model):
    """The searchable text of a record; its pieces lie in `office_searchgrams` (office/search.py)."""

    kind = models.CharField(max_length=80)
    object_id = models.BigIntegerField()
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="one_entry")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
