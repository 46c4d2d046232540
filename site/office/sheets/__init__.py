"""Spreadsheets in and out: read, recognise columns, clean cells, name problems by cell.

Knows rows and cells only; what a column means to a record is the caller's table of fields.
"""
