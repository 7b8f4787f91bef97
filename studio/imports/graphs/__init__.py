"""The DOT language: its words, its sentences, and the graph they make."""
