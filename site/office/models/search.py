"""What can be found, and how far the index has come. The index is declared personal data."""

from django.db import models


class SearchEntry(models.Model):
    """The folded texts of one record; its pieces lie in `office_searchgrams`.

    The id is made of kind, day and record (`office.search.entries`), so that the order of ids is
    newest day last. Of a keyed kind there are no texts, only the numbers of the pieces, 4 bytes each.
    """

    id = models.BigIntegerField(primary_key=True)
    kind = models.SmallIntegerField()
    object_id = models.BigIntegerField()
    title = models.TextField(default="")
    names = models.TextField(default="")
    body = models.TextField(default="")
    title_sound = models.TextField(default="")
    names_sound = models.TextField(default="")
    pieces = models.BinaryField(default=b"")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="one_entry")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class SearchMark(models.Model):
    """How far the changes are read for good; there is one row.

    settled: no change up to this id can still appear, and all are read. checkpoint, horizon: an id
    seen once, and the transaction before which all must have ended until it is settled too.
    erased: how often something was taken out on purpose that still lies in the index's free space.
    service, fed: the indices of the outer search service that hold everything, and how often they
    were told something.
    """

    settled = models.BigIntegerField(default=0)
    checkpoint = models.BigIntegerField(default=0)
    horizon = models.BigIntegerField(default=0)
    erased = models.BigIntegerField(default=0)
    service = models.CharField(max_length=40, default="")
    fed = models.BigIntegerField(default=0)


class SearchFeed(models.Model):
    """A record whose entry an outer search service has not been told of yet."""

    kind = models.SmallIntegerField()
    object_id = models.BigIntegerField()
