"""Path converters of the room's addresses."""

from django.urls import register_converter
from django.urls.converters import IntConverter


class Key(IntConverter):
    """A primary key: as many digits as every database can hold; anything longer is no address.

    Keys of what is sealed are negative (`sealed/keys.py`).
    """

    regex = "-?[0-9]{1,18}"


register_converter(Key, "key")
