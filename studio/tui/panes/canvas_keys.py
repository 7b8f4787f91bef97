"""The keys of the canvas pane: what is done to the boxes that are chosen, and how the drawing is looked at."""

from typing import Final

from textual.binding import BindingType

from studio.tui.bindings import key

KEYS: Final[list[BindingType]] = [
    key("enter,f2", "screen.label", "label", "canvas.label", "Edit the label in its place", hint=True),
    key("b", "screen.new_box", "box", "canvas.box", "Add a box", hint=True),
    key("x", "screen.apply", "pattern", "canvas.apply", "Apply a pattern to the selection", hint=True),
    key("d,delete", "screen.delete", "delete", "canvas.delete", "Delete the selection, or all marked boxes", hint=True),
    key("g", "screen.group", "group", "canvas.group", "Put the box, or all that are marked, into a frame", hint=True),
    key("i", "screen.inspect", "inspect", "canvas.inspect", "Go to the fields of the selection"),
    key("r", "screen.release", "Give back", "canvas.release", "Let the layout place the box, or all marked, again"),
    key("R", "screen.release_all", "Give all back", "canvas.release-all", "Let the layout place all boxes again"),
    key("ctrl+down", "screen.add_called('down')", "Add below", "canvas.add-below", "Add a box that this one calls"),
    key("ctrl+right", "screen.add_called('right')", "Add right", "canvas.add-right", "Add a box that this one calls"),
    key("ctrl+up", "screen.add_caller('up')", "Add above", "canvas.add-above", "Add a box that calls this one"),
    key("ctrl+left", "screen.add_caller('left')", "Add left", "canvas.add-left", "Add a box that calls this one"),
    key("y", "screen.copy", "Copy", "canvas.copy", "Copy the chosen boxes and the connections between them"),
    key("p", "screen.paste", "Paste", "canvas.paste", "Put in what was copied, with ids of its own"),
    key("D", "screen.duplicate", "Duplicate", "canvas.duplicate", "Copy the chosen boxes with all their connections"),
    key("slash", "screen.find", "find", "canvas.find", "Find a box by its name as you type", hint=True),
    key("n", "screen.find_next(1)", "Find next", "canvas.find-next", "The next box that fits what was typed"),
    key("N", "screen.find_next(-1)", "Find previous", "canvas.find-previous", "The box before that fits"),
    key("plus", "screen.boxes(True)", "Full boxes", "canvas.full", "Boxes say kind and technology too"),
    key("minus", "screen.boxes(False)", "Compact boxes", "canvas.compact", "Boxes say their name alone"),
    key(
        "o", "screen.overlay", "marks", "canvas.overlay", "Mark load, risk, cost, data, owner, kind in turn", hint=True
    ),
    key("O", "screen.pick_overlay", "Pick marks", "canvas.pick-overlay", "Pick what is marked on the boxes"),
]
