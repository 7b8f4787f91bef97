"""Boxes and lines on a character grid: an outline goes in, a scene of cells comes out."""
