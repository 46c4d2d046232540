"""Dates as the office writes them in lists: 2026-11-23, with the time 2026-11-23 09:30.

Only what is shown: what forms accept stays Django's (2026-11-23 and 2026/11/23).
"""

DATE_FORMAT = SHORT_DATE_FORMAT = "Y-m-d"
DATETIME_FORMAT = SHORT_DATETIME_FORMAT = "Y-m-d H:i"
TIME_FORMAT = "H:i"
