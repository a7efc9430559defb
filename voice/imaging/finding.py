"""Where there may be faces: CenterFace (Xu and others, 2019, arXiv:1911.03599), a small network whose weights come along (`centerface.onnx`,
MIT licence, beside it). It says for every fourth pixel how sure it is of a face’s middle there, how large that is, and how far beside.

Only suggestions. It is worst at faces from the side, half hidden, very small or drawn; it was learnt on photographs of the web, mostly of adults.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

WEIGHTS: Final = Path(__file__).with_name("centerface.onnx")
EDGE: Final = 640  # the picture’s longest, in pixels, when it is looked at: faces of 1/40 of it are found
STEP: Final = 4  # of its pixels, for one of what comes out
STRIDE: Final = 32  # both edges must be a multiple of it
SURE: Final = 0.35
OVERLAP: Final = 0.3  # of two boxes, from which they are the same face
MOST: Final = 40

Found = tuple[float, float, float, float, float]


def faces(image: Image.Image, weights: bytes) -> list[Found]:
    """Middle, width and height as shares of the picture’s, and how sure; the surest first."""
    cv2.setNumThreads(1)
    network = cv2.dnn.readNetFromONNX(np.frombuffer(weights, dtype=np.uint8))
    network.setInput(_input(image))
    heat, scale, offset, _landmarks = network.forward(["537", "538", "539", "540"])
    return _apart(sorted(_boxes(heat[0, 0], scale[0], offset[0]), key=lambda found: -found[4]))


def _input(image: Image.Image) -> NDArray[np.float32]:
    """The picture, a little stretched to fit the network’s grid: one picture, colour by colour, 0 to 255."""
    share = min(1.0, EDGE / max(image.size))
    width, height = (max(STRIDE, STRIDE * round(each * share / STRIDE)) for each in image.size)
    pixels = np.asarray(image.resize((width, height), Image.Resampling.BILINEAR), dtype=np.float32)
    return np.ascontiguousarray(pixels.transpose(2, 0, 1)[np.newaxis])


def _boxes(heat: NDArray[Any], scale: NDArray[Any], offset: NDArray[Any]) -> Iterator[Found]:
    """Every place that is sure enough. Sizes are kept as logarithms, height before width, and offsets down before across."""
    rows, columns = heat.shape
    for row, column in zip(*np.nonzero(heat > SURE), strict=True):
        y = (row + float(offset[0, row, column]) + 0.5) / rows
        x = (column + float(offset[1, row, column]) + 0.5) / columns
        height, width = (float(np.exp(scale[which, row, column])) for which in (0, 1))
        yield x, y, min(1.0, width / columns), min(1.0, height / rows), float(heat[row, column])


def _apart(found: list[Found]) -> list[Found]:
    """Of boxes that lie over one another the surest."""
    kept: list[Found] = []
    for each in found:
        if all(_overlap(each, other) < OVERLAP for other in kept):
            kept.append(each)
    return kept[:MOST]


def _overlap(one: Found, other: Found) -> float:
    """What both cover, as a share of what either covers."""
    across = min(one[0] + one[2] / 2, other[0] + other[2] / 2) - max(one[0] - one[2] / 2, other[0] - other[2] / 2)
    down = min(one[1] + one[3] / 2, other[1] + other[3] / 2) - max(one[1] - one[3] / 2, other[1] - other[3] / 2)
    both = max(0.0, across) * max(0.0, down)
    return both / (one[2] * one[3] + other[2] * other[3] - both)
