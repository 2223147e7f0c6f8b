"""Functions of places on earth, taken as a sphere of 6,378.1 km as in ODK Collect."""

import math

from fieldapp.forms.functions.table import ANY, calls
from fieldapp.forms.xpath.context import Context
from fieldapp.forms.xpath.values import Value, scalars, to_number, to_text

RADIUS = 6_378_100.0
Point = tuple[float, float]


def points_of(*values: Value) -> list[Point]:
    """Latitude and longitude in degrees, of geopoints, geotraces and geoshapes alike; what is no point is left out."""
    found = []
    for value in values:
        for scalar in scalars(value):
            for piece in to_text(scalar).split(";"):
                numbers = [to_number(word) for word in piece.split()[:2]]
                if len(numbers) == 2 and not any(map(math.isnan, numbers)):
                    found.append((numbers[0], numbers[1]))
    return found


def _distance(_: Context, *values: Value) -> Value:
    points = points_of(*values)
    return sum((_between(one, other) for one, other in zip(points, points[1:], strict=False)), 0.0)


def _between(one: Point, other: Point) -> float:
    """By the spherical law of cosines, in metres."""
    (lat1, lon1), (lat2, lon2) = ((math.radians(lat), math.radians(lon)) for lat, lon in (one, other))
    cosine = math.sin(lat1) * math.sin(lat2) + math.cos(lat1) * math.cos(lat2) * math.cos(lon1 - lon2)
    return math.acos(max(-1.0, min(1.0, cosine))) * RADIUS


def _area(_: Context, value: Value) -> Value:
    """Of the polygon, flattened around its first point, in square metres."""
    points = points_of(value)
    if len(points) < 3:
        return 0.0
    metres = 2 * math.pi * RADIUS / 360
    lat0, lon0 = points[0]
    flat = [((lon - lon0) * metres * math.cos(math.radians(lat)), (lat - lat0) * metres) for lat, lon in points[1:]]
    return abs(sum((y1 * x2 - x1 * y2) / 2 for (x1, y1), (x2, y2) in zip(flat, flat[1:], strict=False)))


def _geofence(_: Context, point: Value, shape: Value) -> Value:
    """Whether the point lies inside the closed shape: how often a ray from it crosses the edge."""
    places, ring = points_of(point), points_of(shape)
    if not places:
        return False
    lat, lon = places[0]
    inside = False
    for (lat1, lon1), (lat2, lon2) in zip(ring, ring[1:], strict=False):
        if (lat2 > lat) != (lat1 > lat) and lon < (lon1 - lon2) * (lat - lat2) / (lat1 - lat2) + lon2:
            inside = not inside
    return inside


TABLE = {
    "distance": calls(_distance, 1, ANY),
    "area": calls(_area, 1),
    "enclosed-area": calls(_area, 1),
    "geofence": calls(_geofence, 2),
}
