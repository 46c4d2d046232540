"""How a sending may fail; the words are ours, in Chinese, and name nobody."""


class Refused(Exception):
    """It will never go this way: not to be tried again."""


class Unreached(Exception):
    """It did not go now: to be tried again."""
