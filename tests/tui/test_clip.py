"""What is copied is a piece of a design file, and reads back as what it was."""

import tomllib

import pytest

from studio.edits.copies import between
from studio.errors import EditRefused
from studio.files.starting import sample_ids, sample_text
from studio.model.design import Design
from studio.tui.canvas.clip import clip_text, clipped


def read(text: str) -> Design:
    return Design.model_validate(tomllib.loads(text))


@pytest.mark.parametrize("sample", sample_ids())
def test_a_copy_reads_back_as_what_was_copied(sample: str) -> None:
    design = read(sample_text(sample))
    chosen = [component.id for component in design.components][::2]
    clip = clipped(clip_text(design, chosen))
    assert clip.components == tuple(c for c in design.components if c.id in chosen)
    assert clip.connections == between(design, chosen)


def test_a_copy_is_text_a_person_can_read() -> None:
    text = 'format = 1\n[design]\nname = "S"\n[components.api]\nkind = "service"\nlatency = "20 ms"\n'
    assert clip_text(read(text), ("api", "gone")) == '[components.api]\nkind = "service"\nlatency = "20 ms"\n'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("hello world", "is no part of a design file"),
        ("", "there is no box"),
        ('[connections.a-b]\nfrom = "a"\nto = "b"\n', "there is no box"),
        ('[components.api]\nkind = "servce"\n', "cannot be put in"),
        ("components = 5", "cannot be put in"),
        ('[components.api]\nkind = "service"\nname = "a\\u001b[31m"\n', "cannot be put in"),
    ],
)
def test_other_text_is_refused_in_words(text: str, says: str) -> None:
    with pytest.raises(EditRefused, match=says):
        clipped(text)
