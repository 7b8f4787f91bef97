"""What goes to the terminal: only what is not there already."""
