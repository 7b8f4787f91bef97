"""Decision records: Markdown files taken apart, and what their headings mean."""
