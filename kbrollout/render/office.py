"""Editable copies (ODT, DOCX) from the same HTML, by pandoc: a program of its own, not part of ours.

Headings, lists and tables become real styles, so that Word and LibreOffice can work with them. Pandoc's own style
documents are adjusted while they are used: Dutch as language, our colour, and lines between table rows.
"""

from __future__ import annotations

import io
import os
import subprocess
import tempfile
import zipfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

STYLES: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "docx": (
        "word/styles.xml",
        (
            ('<w:lang w:val="en-US"', '<w:lang w:val="nl-NL"'),
            ('w:val="0F4761"', 'w:val="0F4C54"'),
            ('<w:sz w:val="24" />\n        <w:szCs w:val="24" />', '<w:sz w:val="21" />\n        <w:szCs w:val="21" />'),
            (
                '<w:tblInd w:w="0" w:type="dxa" />\n      <w:tblCellMar>',
                '<w:tblInd w:w="0" w:type="dxa" />\n      <w:tblBorders><w:top w:val="single" w:sz="4" w:color="C9D3D2"/>'
                '<w:bottom w:val="single" w:sz="4" w:color="C9D3D2"/><w:insideH w:val="single" w:sz="4" w:color="C9D3D2"/></w:tblBorders>\n'
                "      <w:tblCellMar>",
            ),
        ),
    ),
    "odt": ("styles.xml", (('fo:language="en" fo:country="US"', 'fo:language="nl" fo:country="NL"'),)),
}
"""Per format the file with styles in pandoc's own document, and what is replaced in it."""


@cache
def available() -> bool:
    """Whether pandoc can be run here (it comes with the extra `bewerkbaar`)."""
    try:
        import pypandoc

        return bool(pypandoc.get_pandoc_path())
    except (ImportError, OSError):
        return False


def render_office(html: bytes, file_format: str, day: str) -> bytes:
    """The HTML of a document as ODT or DOCX. `day` (jjjj-mm-dd) is the date inside, so that the bytes repeat."""
    with tempfile.TemporaryDirectory() as folder:
        reference, made = Path(folder) / f"reference.{file_format}", Path(folder) / f"made.{file_format}"
        reference.write_bytes(_reference(file_format))
        options = ["--from=html-auto_identifiers", f"--to={file_format}", "--metadata=lang:nl-NL", f"--reference-doc={reference}"]
        _pandoc([*options, f"--output={made}"], html, day)
        return made.read_bytes()


@cache
def _reference(file_format: str) -> bytes:
    """Pandoc's style document with our changes. Raises ValueError when a change finds nothing to change."""
    name, changes = STYLES[file_format]
    original = _pandoc([f"--print-default-data-file=reference.{file_format}"], b"", "2000-01-01")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(original)) as source, zipfile.ZipFile(out, "w") as target:
        for info in source.infolist():
            content = source.read(info)
            if info.filename == name:
                text = content.decode()
                for old, new in changes:
                    if old not in text:
                        raise ValueError(f"pandoc's reference.{file_format} has no {old!r} any more: adjust STYLES")
                    text = text.replace(old, new)
                content = text.encode()
            target.writestr(info, content)
    return out.getvalue()


def _pandoc(options: list[str], content: bytes, day: str) -> bytes:
    import pypandoc

    moment = datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC)
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(int(moment.timestamp()))}
    command = [pypandoc.get_pandoc_path(), *options]
    done = subprocess.run(command, input=content, capture_output=True, check=False, env=environment)
    if done.returncode:
        raise RuntimeError(f"pandoc: {done.stderr.decode(errors='replace')}")
    return done.stdout
