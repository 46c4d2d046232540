"""What must be fast, measured as ratios against a named yardstick in the same run.

`make bench` runs every area; `python -m benchmarks list save` some. A reader judges: every command
exits 0.
"""
