"""A city's colours: read from an NL Design System theme, and nothing else of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kbrollout.housestyle import ENOUGH_CONTRAST, TOKENS, as_css, contrast, read_tokens
from kbrollout.model.catalogue import Catalogue
from kbrollout.templating import style
from tests.conftest import build_one

THEME = """/* --utrecht-link-color: #000000; */
.voorbeeld-theme {
  --voorbeeld-merk: hsl(340, 80%, 30%);
  --utrecht-heading-color: var(--voorbeeld-merk);
  --utrecht-page-header-background-color: rgb(10, 60, 90);
  --utrecht-link-color: #05c;
  --utrecht-button-background-color: url(https://voorbeeld.nl/x.png);
  background: url(https://voorbeeld.nl/y.png);
}
@import "https://voorbeeld.nl/z.css";
"""


def test_a_theme_gives_its_colours_and_nothing_else() -> None:
    tokens, problems = read_tokens(THEME, "huisstijl.css")
    assert problems == ()
    assert tokens == {
        "--utrecht-heading-color": "#8a0f38",
        "--utrecht-page-header-background-color": "#0a3c5a",
        "--utrecht-link-color": "#0055cc",
    }
    assert "url" not in as_css(tokens)


@pytest.mark.parametrize("value", ["url(x)", "red; } body { display: none", "expression(1)", "var(--niets)", "rgb(300, 0, 0)", "</style>"])
def test_what_is_no_plain_colour_is_left_out_and_told_with_its_line(value: str) -> None:
    tokens, problems = read_tokens(f".x {{\n  --utrecht-link-color: {value};\n}}", "huisstijl.css")
    assert tokens == {}
    assert [(each.code, each.line) for each in problems] == [("huisstijl-kleur", 2)]


def test_a_theme_that_refers_to_itself_ends() -> None:
    _, problems = read_tokens(":root { --a: var(--b); --b: var(--a); --utrecht-link-color: var(--a); }", "huisstijl.css")
    assert [each.code for each in problems] == ["huisstijl-kleur"]


def test_faint_text_is_warned_about() -> None:
    _, problems = read_tokens(":root { --utrecht-link-color: #999999 }", "huisstijl.css")
    assert [each.code for each in problems] == ["huisstijl-contrast"]
    assert "2,8" in problems[0].what


def test_our_own_colours_have_contrast_and_stand_in_the_style_sheet() -> None:
    css = style().decode()
    for token, colour in TOKENS.items():
        assert f"var({token}, {colour})" in css
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast(TOKENS["--utrecht-document-color"], TOKENS["--utrecht-document-background-color"]) > ENOUGH_CONTRAST


def test_a_pack_carries_the_house_style_and_notices_a_change(site: Callable[..., Path], catalogue: Catalogue, tmp_path: Path) -> None:
    folder = site()
    plain = build_one(folder, catalogue, tmp_path / "out", only=("besturing",))
    assert plain.pack
    assert "huisstijl.css" not in (plain.pack / "besturing.html").read_text(encoding="utf-8")
    (folder / "huisstijl.css").write_text(THEME, encoding="utf-8")
    styled = build_one(folder, catalogue, tmp_path / "out", only=("besturing",), formats=("html", "pdf"))
    assert styled.pack
    assert "besturing.html" in styled.rendered
    assert 'href="assets/huisstijl.css"' in (styled.pack / "besturing.html").read_text(encoding="utf-8")
    assert "#8a0f38" in (styled.pack / "assets" / "huisstijl.css").read_text(encoding="utf-8")


def test_a_faulty_colour_is_left_out_and_told(site: Callable[..., Path], catalogue: Catalogue, tmp_path: Path) -> None:
    folder = site()
    (folder / "huisstijl.css").write_text(".x { --utrecht-link-color: blauw; }", encoding="utf-8")
    made = build_one(folder, catalogue, tmp_path / "out", only=("besturing",))
    assert [each.code for each in made.warnings] == ["huisstijl-kleur"]
    assert made.warnings[0].file.endswith("huisstijl.css")
    assert made.pack
    assert not (made.pack / "assets" / "huisstijl.css").exists()


@pytest.mark.parametrize("value", ["#fff !important", "WHITE", "RGB(255, 255, 255)", "#ffffffff", "hsl(0, 0%, 100%)"])
def test_colours_as_themes_write_them(value: str) -> None:
    assert read_tokens(f":root {{ --utrecht-page-header-color: {value}; }}", "x")[0] == {"--utrecht-page-header-color": "#ffffff"}


def test_colours_for_a_dark_screen_do_not_hold_everywhere() -> None:
    css = ":root { --utrecht-link-color: #000; } @media (prefers-color-scheme: dark) { :root { --utrecht-link-color: #fff; } }"
    assert read_tokens(css, "x")[0] == {"--utrecht-link-color": "#000000"}


def test_strange_input_is_read_in_no_time() -> None:
    assert read_tokens("-" * 200_000, "x")[0] == {}
    assert read_tokens(":root { --utrecht-link-color: hsl(1.2.3, 50%, 50%) }", "x")[0] == {}
