"""The formats `tenfold check` reports in: one file each, named as the format, with `render(inspection, manner)`."""
