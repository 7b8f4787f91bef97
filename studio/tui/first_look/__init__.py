"""What is on the screen before Textual is loaded."""
