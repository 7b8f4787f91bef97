"""Text drawings are read back before they are written; what cannot be read is drawn otherwise, or told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from studio.analysis import Analysis
from studio.catalogue.library import shipped
from studio.diagrams.glyphs import Charset
from studio.diagrams.proof import differences
from studio.exports.frame.options import PLAIN, Options
from studio.exports.frame.proved import proved_scene
from studio.files.loading import read
from studio.model.design import Design
from studio.paths import sample_designs

SAMPLES = sorted(sample_designs().glob("*.toml"))


def _analysis(components: dict[str, object], connections: dict[str, object] | None = None) -> Analysis:
    fields = {"format": 1, "design": {"name": "x"}, "components": components, "connections": connections or {}}
    return Analysis(Design.model_validate(fields), shipped())


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_proved_as_it_is_asked_for_and_nothing_is_told(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    analysis = Analysis(read(sample).design, shipped())
    assert proved_scene(analysis, PLAIN, "unicode") is analysis.scene(roomy=False)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("charset", ["unicode", "ascii"])
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_full_boxes_say_kind_and_technology_and_are_proved(
    sample: Path, charset: Charset, capsys: pytest.CaptureFixture[str]
) -> None:
    analysis = Analysis(read(sample).design, shipped())
    scene = proved_scene(analysis, Options(boxes="full"), charset)
    for component in analysis.design.components:
        written = " ".join(scene.boxes[component.id].lines)
        assert written == f"{component.label} {', '.join(filter(None, (component.kind, component.technology)))}"
    assert capsys.readouterr().err == ""


def test_a_stranger_put_into_a_frame_is_drawn_outside_of_it_and_that_is_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    analysis = _analysis(
        {
            "a": {"kind": "service", "group": "eu", "at": [10, 5]},
            "b": {"kind": "service", "group": "eu", "at": [50, 5]},
            "stranger": {"kind": "service", "at": [30, 5]},
        }
    )
    scene = proved_scene(analysis, PLAIN, "unicode")
    assert scene.bounds("b").column - scene.bounds("a").column == 40
    assert differences(analysis.outline, scene) == ()
    assert "stand elsewhere" in capsys.readouterr().err


def test_a_drawing_without_proof_is_written_and_its_first_doubt_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "studio.exports.frame.proved.differences", lambda *_, **__: ("the line \x1b is missing", "more")
    )
    analysis = _analysis({"a": {"kind": "service"}})
    assert "a" in proved_scene(analysis, PLAIN, "unicode").boxes
    said = capsys.readouterr().err
    assert said.startswith("warning: this drawing cannot be read back without doubt: the line ")
    assert "(and 1 more)" in said
    assert "\x1b" not in said


ALL_EXPORTS = """
import sys
from pathlib import Path
from studio.analysis import Analysis
from studio.catalogue.library import shipped
from studio.exports.frame.formats import rendered
from studio.files.loading import read
for number, path in enumerate(sys.argv[1:]):
    analysis = Analysis(read(Path(path)).design, shipped())
    forms = ["unicode", "ascii", "svg", "mermaid", "dot", "agents", "contract"]
    for form in [*forms, "markdown"] if number == 0 else forms:
        sys.stdout.write(rendered(form, analysis))
"""


def test_exports_do_not_depend_on_the_hash_seed() -> None:
    command = [sys.executable, "-c", ALL_EXPORTS, *map(str, SAMPLES)]
    written = {
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout
        for seed in ("1", "2")
    }
    assert len(written) == 1
    assert len(written.pop()) > 100_000
