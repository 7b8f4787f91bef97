"""A scene as SVG, drawn by this program: grid, boxes, wires, words and marks, one module each."""
