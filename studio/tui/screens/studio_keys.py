"""The keys that work everywhere in the studio."""

from typing import Final

from textual.binding import BindingType

from studio.tui.bindings import key

KEYS: Final[list[BindingType]] = [
    key("space", "menu", "menu", "studio.menu", "What can be done here, by letters", hint=True),
    key("question_mark,f1", "keys", "keys", "studio.keys", "The keys of this pane", hint=True),
    key("ctrl+p,colon", "palette", "commands", "studio.palette", "Every command, pattern, box and flag", hint=True),
    key("slash", "search", "Search", "studio.search", "Search the catalogue"),
    key("u,ctrl+z", "undo", "undo", "studio.undo", "Take the last step back"),
    key("U,ctrl+y", "redo", "Redo", "studio.redo", "Do the last undone step again"),
    key("ctrl+s", "save", "Save", "studio.save", "Save the design"),
    key("ctrl+e", "edit_text", "Edit text", "studio.edit-text", "Edit the TOML in $EDITOR; the difference is shown"),
    key("f9", "export", "Export", "studio.export", "Write a diagram, a document or data"),
    key("ctrl+q,q", "leave_studio", "Quit", "studio.quit", "Quit; asks when something is not saved"),
    key("f3", "flag(1)", "Next flag", "studio.flag", "Go to the next red flag and its box"),
    key("shift+f3", "flag(-1)", "Previous flag", "studio.flag-back", "Go to the red flag before"),
    key("f4", "records", "records", "studio.records", "Journeys, decisions, scenarios, plan, risks …", hint=True),
    key("1", "pane(1)", "Catalogue", "studio.pane-1", "Go to the catalogue"),
    key("2", "pane(2)", "Canvas", "studio.pane-2", "Go to the canvas"),
    key("3", "pane(3)", "Requirements", "studio.pane-3", "Go to the requirements"),
    key("4", "pane(4)", "Inspector", "studio.pane-4", "Go to the inspector"),
    key("5", "pane(5)", "Estimates", "studio.pane-5", "Go to estimates and flags"),
    key("f6", "pane_step(1)", "Next pane", "studio.next-pane", "Go to the next pane"),
    key("shift+f6", "pane_step(-1)", "Previous pane", "studio.previous-pane", "Go to the pane before"),
    key("z", "zoom", "Zoom", "studio.zoom", "Give this pane the whole screen, or take it back"),
    key("escape,ctrl+g", "step_out", "Step out", "studio.step-out", "Leave field, pane, zoom, selection; never quits"),
    key("ctrl+l", "redraw", "Redraw", "studio.redraw", "Paint everything again"),
    key("w", "what_if", "what if", "studio.what-if", "What if: more load, parts gone; nothing is changed", hint=True),
    key("s", "walk_journey", "journey", "studio.walk", "Walk a journey call by call"),
    key("equals_sign", "explain_selection", "Explain", "studio.explain", "Explain the selection's main figure"),
    key("f8", "app.theme", "Theme", "studio.theme", "Dark, light, or the colours of the terminal"),
    key("f12", "save_as", "Save as", "studio.save-as", "Save under another name"),
    key("f5", "reload", "Look at file", "studio.reload", "Look whether the file has changed: merge or read it again"),
    key("ctrl+o", "jump", "Jump", "studio.jump", "Jump: a letter on every row and box in view, 1-5 for the panes"),
    key("f7", "review", "Review", "studio.review", "Review: ten minutes of questions about this design"),
    key("shift+f7", "tour", "Tour", "studio.tour", "The tour: six steps that show how it is done"),
    key("shift+f1", "key_names", "Key names", "studio.key-names", "What does my terminal send? Shows each key's name"),
]
