"""The drawing on the screen: its picture, who lies where, and the tools that work on it."""
