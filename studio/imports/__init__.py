"""The formats a design is read from, one module each: `SUFFIXES` and `read(source)`.

An import is a skeleton: what the other format says, and the list of what it cannot know.
"""
