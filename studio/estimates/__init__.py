"""The numbers of a design: pure functions and the engine that puts them together."""
