"""The readings: where they are from, how they are read, and what they are.

In order of import: `names`, `summary` and `dataset`; `files`, `table` and `pair`, from a
file to two of its columns; `sources` and `loading`, the data that have a name.
"""
