"""The commands: one file each, named as the person types it, with `arguments(parser)` and `run(arguments)`.

The first line of a file is its help. Everything heavy is imported when a command runs.
"""
