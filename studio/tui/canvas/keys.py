"""The keys of the canvas."""

from typing import Final

from textual.binding import BindingType

from studio.tui.bindings import key

KEYS: Final[list[BindingType]] = [
    key("left,h", "walk('left')", "Left", "canvas.left", "Select the nearest box to the left"),
    key("right,l", "walk('right')", "Right", "canvas.right", "Select the nearest box to the right"),
    key("up,k", "walk('up')", "Up", "canvas.up", "Select the nearest box above"),
    key("down,j", "walk('down')", "Down", "canvas.down", "Select the nearest box below"),
    key("tab", "hop(1)", "Next", "canvas.next", "The next box; while carrying, the next place that fits"),
    key("shift+tab", "hop(-1)", "Previous", "canvas.previous", "The box before"),
    key("a", "connect", "connect", "canvas.connect", "Connect the box: arrows or a letter, then Enter", hint=True),
    key("e", "connection(1)", "connections", "canvas.connection", "Go through the box's connections", hint=True),
    key("E", "connection(-1)", "Connections back", "canvas.connection-back", "The same, backwards"),
    key("v", "mark", "mark", "canvas.mark", "Mark the box, to do something to several at once", hint=True),
    key("A", "mark_all", "Mark all", "canvas.mark-all", "Mark all boxes; Esc takes the marks away"),
    key("m", "move", "Move", "canvas.move", "Move the box, or all that are marked, by arrow keys"),
    key("shift+left,H", "nudge(-1,0)", "Move left", "canvas.move-left", "Move the box one column left"),
    key("shift+right,L", "nudge(1,0)", "Move right", "canvas.move-right", "Move the box one column right"),
    key("shift+up,K", "nudge(0,-1)", "Move up", "canvas.move-up", "Move the box one row up"),
    key("shift+down,J", "nudge(0,1)", "Move down", "canvas.move-down", "Move the box one row down"),
    key("alt+left", "pan(-8,0)", "Pan left", "canvas.pan-left", "Scroll the drawing"),
    key("alt+right", "pan(8,0)", "Pan right", "canvas.pan-right", "Scroll the drawing"),
    key("alt+up,pageup", "pan(0,-4)", "Pan up", "canvas.pan-up", "Scroll the drawing"),
    key("alt+down,pagedown", "pan(0,4)", "Pan down", "canvas.pan-down", "Scroll the drawing"),
    key("0", "fit", "Fit", "canvas.fit", "Show the drawing from its beginning, a small one in the middle"),
    key("c", "centre", "Centre", "canvas.centre", "Bring the selection to the middle"),
]
