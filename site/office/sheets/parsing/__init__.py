"""The bare process that opens a stranger's file; `office.sheets.reading` starts it and listens."""
