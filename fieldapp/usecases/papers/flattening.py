"""A code on paper that is bent: its corners were found, but what lies between them is not where it is on a flat sheet. The spot is laid out
flat in several ways, one of which often is nearly right; the code's own error correction does the rest."""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

Corner = tuple[float, float]
_SIDE, _QUIET, _CELLS = 330, 40, 8
# How far the middle of an edge bulges, and how far the last corner (the one without a mark to find it by) is off: in shares of the side.
_BULGES = (0.0, 0.03, -0.03)
_OFF = (0.0, 0.04, -0.04)
WAYS = len(_BULGES) ** 2 * len(_OFF) ** 2


def flattened(view: "Image.Image", corners: Sequence[Corner]) -> Iterator["Image.Image"]:
    """`corners` as the decoder names them: from the code's upper left round to its lower left. The likeliest ways first; at most WAYS."""
    for across, down, right, below in sorted(product(_BULGES, _BULGES, _OFF, _OFF), key=lambda way: sum(map(abs, way))):
        yield _laid_flat(view, corners, (across, down), (right, below))


def _laid_flat(view: "Image.Image", corners: Sequence[Corner], bulge: Corner, off: Corner) -> "Image.Image":
    from PIL import Image

    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = corners
    # Along the code's own sides.
    along, aside = ((x1 - x0 + x2 - x3) / 2, (y1 - y0 + y2 - y3) / 2), ((x3 - x0 + x2 - x1) / 2, (y3 - y0 + y2 - y1) / 2)

    def source(u: float, v: float) -> Corner:
        far = max(0.0, u * v)
        right = bulge[0] * 4 * v * (1 - v) + off[0] * far
        below = bulge[1] * 4 * u * (1 - u) + off[1] * far
        x = x0 * (1 - u) * (1 - v) + x1 * u * (1 - v) + x2 * u * v + x3 * (1 - u) * v
        y = y0 * (1 - u) * (1 - v) + y1 * u * (1 - v) + y2 * u * v + y3 * (1 - u) * v
        return x + right * along[0] + below * aside[0], y + right * along[1] + below * aside[1]

    whole = _SIDE + 2 * _QUIET
    steps = [round(whole * cell / _CELLS) for cell in range(_CELLS + 1)]
    shares = [(step - _QUIET) / _SIDE for step in steps]
    mesh = []
    for row, column in product(range(_CELLS), range(_CELLS)):
        u0, v0, u1, v1 = shares[column], shares[row], shares[column + 1], shares[row + 1]
        box = (steps[column], steps[row], steps[column + 1], steps[row + 1])
        mesh.append((box, (*source(u0, v0), *source(u0, v1), *source(u1, v1), *source(u1, v0))))
    return view.transform((whole, whole), Image.Transform.MESH, mesh, Image.Resampling.BILINEAR, fillcolor=255)
