"""The full-screen studio: the only room that knows Textual."""
