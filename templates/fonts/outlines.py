"""Turns outlines of cubic curves into TrueType ones with fewer points.

Stretches of neighbouring segments that one smooth curve can follow are merged, then every curve becomes quadratic. What is
drawn moves by no more than MERGED + CONVERTED thousandths of the character's size, rounding aside: by less than two
hundredths of a millimetre in 16 pt text.
"""

from math import hypot

import numpy
from fontTools.pens.basePen import BasePen
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen

MERGED, CONVERTED = 1.5, 1.2
# Where two segments meet at more than 60 degrees (its cosine) is a corner, which stays where it is.
CORNER = 0.5
SAMPLES = numpy.linspace(0, 1, 9)[1:]


class ContourPen(BasePen):
    """Collects each contour as a list of cubics (four points each); a line is the cubic that runs straight."""

    def __init__(self, glyphs):
        super().__init__(glyphs)
        self.contours = []

    def _moveTo(self, point):
        self.contours.append([])
        self.first = point

    def _lineTo(self, point):
        start = self._getCurrentPoint()
        if point != start:
            thirds = [tuple(a + (b - a) * part / 3 for a, b in zip(start, point)) for part in (1, 2)]
            self.contours[-1].append((start, *thirds, point))

    def _curveToOne(self, control1, control2, point):
        self.contours[-1].append((self._getCurrentPoint(), control1, control2, point))

    def _closePath(self):
        self._lineTo(self.first)


def simplified(glyph, glyphs):
    """The TrueType glyph of a glyph of cubic curves."""
    contours = ContourPen(glyphs)
    glyph.draw(contours)
    drawn = TTGlyphPen(None)
    pen = Cu2QuPen(drawn, CONVERTED, reverse_direction=True)
    for contour in filter(None, contours.contours):
        pen.moveTo(contour[0][0])
        for merged in merge(contour):
            if is_line(merged):
                pen.lineTo(merged[3])
            else:
                pen.curveTo(*merged[1:])
        pen.closePath()
    return drawn.glyph()


def merge(contour):
    """The fewest curves that follow a contour, found greedily: each reaches as far as it can."""
    merged, start = [], 0
    while start < len(contour):
        best, end = contour[start], start + 1
        while end < len(contour) and not is_corner(contour[end - 1], contour[end]):
            longer = fit(contour[start : end + 1])
            if longer is None:
                break
            best, end = longer, end + 1
        merged.append(best)
        start = end
    return merged


def is_corner(before, after):
    (x1, y1), (x2, y2) = direction(before[::-1]), direction(after)
    return -(x1 * x2 + y1 * y2) < CORNER


def is_line(cubic):
    (x0, y0), *controls, (x1, y1) = cubic
    length = hypot(x1 - x0, y1 - y0)
    return all(abs((x1 - x0) * (y - y0) - (y1 - y0) * (x - x0)) < length * CONVERTED / 2 for x, y in controls)


def direction(cubic):
    """The unit vector in which a curve leaves its first point."""
    (x0, y0), *others = cubic
    x1, y1 = next((point for point in others if point != cubic[0]), cubic[0])
    length = hypot(x1 - x0, y1 - y0) or 1
    return (x1 - x0) / length, (y1 - y0) / length


def fit(segments):
    """One cubic along all segments, with the directions of their two ends; None if it would leave them by more than MERGED."""
    points = numpy.vstack([[segments[0][0]], *(at(segment, SAMPLES) for segment in segments)])
    first, last = points[0], points[-1]
    leaving, arriving = numpy.array(direction(segments[0])), numpy.array(direction(segments[-1][::-1]))
    steps = numpy.hypot(*numpy.diff(points, axis=0).T)
    time = numpy.concatenate([[0], numpy.cumsum(steps)]) / steps.sum()
    for _ in range(3):
        lengths = handle_lengths(points, time, leaving, arriving)
        if lengths is None:
            return None
        cubic = (first, first + leaving * lengths[0], last + arriving * lengths[1], last)
        if numpy.hypot(*(at(cubic, time) - points).T).max() <= MERGED:
            return tuple((float(x), float(y)) for x, y in cubic)
        time = nearest(cubic, points, time)
    return None


def at(cubic, time):
    a, b, c, d = (numpy.asarray(point, float) for point in cubic)
    t = time[:, None]
    return (1 - t) ** 3 * a + 3 * t * (1 - t) ** 2 * b + 3 * t * t * (1 - t) * c + t**3 * d


def handle_lengths(points, time, leaving, arriving):
    """Least squares for the two unknowns of a cubic whose ends and directions are given (Schneider, Graphics Gems I)."""
    t = time[:, None]
    first, last = 3 * t * (1 - t) ** 2 * leaving, 3 * t * t * (1 - t) * arriving
    rest = points - ((1 - t) ** 3 + 3 * t * (1 - t) ** 2) * points[0] - (t**3 + 3 * t * t * (1 - t)) * points[-1]
    a, b, c = (first * first).sum(), (first * last).sum(), (last * last).sum()
    x, y = (first * rest).sum(), (last * rest).sum()
    determinant = a * c - b * b
    if abs(determinant) < 1e-9:
        return None
    lengths = (x * c - y * b) / determinant, (a * y - b * x) / determinant
    return lengths if min(lengths) > 0 else None


def nearest(cubic, points, time):
    """One step of Newton towards the times at which the curve passes nearest to each point."""
    a, b, c, d = (numpy.asarray(point, float) for point in cubic)
    t = time[:, None]
    away = at(cubic, time) - points
    speed = 3 * ((1 - t) ** 2 * (b - a) + 2 * t * (1 - t) * (c - b) + t * t * (d - c))
    turn = 6 * ((1 - t) * (c - 2 * b + a) + t * (d - 2 * c + b))
    slope = (speed * speed + away * turn).sum(axis=1)
    step = (away * speed).sum(axis=1) / numpy.where(abs(slope) < 1e-9, 1e9, slope)
    return numpy.maximum.accumulate(numpy.clip(time - step, 0, 1))
