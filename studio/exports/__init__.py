"""The formats a design leaves in: one file each, named as the format, with `SUFFIX` and `render(design, analysis)`."""
