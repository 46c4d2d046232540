"""Gap-free numbers: drawn last in the transaction that uses them (rule 3 of the house)."""

from django.db import connection

from office.models import NumberSeries


def draw(series: str, year: int) -> int:
    """The next number of a series in a year, starting at 1.

    Must run inside the transaction that stores the number, as its last step: a rollback gives the
    number back, and a second registrar waits for the first one's commit. Raises RuntimeError
    outside a transaction.
    """
    return draw_many(series, year, 1)[0]


def draw_many(series: str, year: int, count: int) -> range:
    """The next `count` numbers of a series, for a batch; same conditions as `draw`.

    Whoever draws from two series draws the item's before the matters': two batches that wait for
    each other crosswise would both be undone.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("draw_many() outside a transaction would leave a gap")
    if count < 1:
        raise ValueError("draw_many() gives at least one number")
    table = connection.ops.quote_name(NumberSeries._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (series, year, last) VALUES (%s, %s, %s)"
            f" ON CONFLICT (series, year) DO UPDATE SET last = {table}.last + %s RETURNING last",
            [series, year, count, count],
        )
        last = cursor.fetchone()[0]
    return range(last - count + 1, last + 1)
