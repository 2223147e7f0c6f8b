"""What makes a thousand pictures easy to look at: contact sheets, and a page that leads to each."""

import html
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw

_COLUMNS, _ROWS = 3, 4
_WIDTH, _LABEL, _GAP = 640, 22, 8
_GROUND, _INK = "#808080", "#ffffff"


def contact_sheets(folder: Path, pictures: Sequence[Path]) -> list[Path]:
    """Twelve pictures a sheet, each with its name; into `folder`."""
    made = []
    per_sheet = _COLUMNS * _ROWS
    for number, start in enumerate(range(0, len(pictures), per_sheet), start=1):
        path = folder / f"sheet-{number:02d}.jpg"
        _sheet(pictures[start : start + per_sheet]).save(path, quality=85)
        made.append(path)
    return made


def index(folder: Path, looks: Sequence[str]) -> Path:
    """index.html: one row a scene, one column a look."""
    scenes = sorted({path.stem for look in looks for path in (folder / look).glob("*.png")})
    head = "".join(f"<th>{html.escape(look)}</th>" for look in looks)
    rows = [f"<tr><th>{html.escape(name)}</th>{''.join(_cell(folder, look, name) for look in looks)}</tr>" for name in scenes]
    style = "body{font:13px sans-serif}img{width:300px;border:1px solid #999}th{text-align:left;position:sticky;left:0;background:#fff}"
    page = f'<!doctype html><meta charset="utf-8"><title>fieldapp</title><style>{style}</style><table><tr><th></th>{head}</tr>'
    path = folder / "index.html"
    path.write_text(page + "\n".join(rows) + "</table>\n", encoding="utf-8")
    return path


def _cell(folder: Path, look: str, name: str) -> str:
    file = f"{look}/{name}.png"
    return f'<td><a href="{file}"><img loading="lazy" src="{file}"></a></td>' if (folder / file).exists() else "<td></td>"


def _sheet(pictures: Sequence[Path]) -> Image.Image:
    small = []
    for path in pictures:
        with Image.open(path) as picture:
            small.append((path.stem, picture.convert("RGB").resize((_WIDTH, round(_WIDTH * picture.height / picture.width)))))
    height = max(picture.height for _name, picture in small) + _LABEL + _GAP
    rows = -(-len(small) // _COLUMNS)
    sheet = Image.new("RGB", (_COLUMNS * (_WIDTH + _GAP) + _GAP, rows * height + _GAP), _GROUND)
    pen = ImageDraw.Draw(sheet)
    for place, (name, picture) in enumerate(small):
        left, top = _GAP + place % _COLUMNS * (_WIDTH + _GAP), _GAP + place // _COLUMNS * height
        pen.text((left, top + 4), name, fill=_INK)
        sheet.paste(picture, (left, top + _LABEL))
    return sheet
