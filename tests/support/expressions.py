"""One small orchard that the tests of expressions walk through."""

import datetime as dt
import math

from fieldapp.forms import evaluate

ORCHARD = """<data version="7">
 <name>Somchai</name><empty/><count>3</count><price>12.50</price><minus>-4</minus><flag>true</flag><word>false</word>
 <planted>2012-07-23</planted><seen>2026-03-01T10:30:00.000+07:00</seen><fruit>mango lime mango-tree</fruit>
 <tree><kind>mango</kind><height>4</height><at>16.5 103.5 150 5</at></tree>
 <tree><kind>lime</kind><height/><at>16.5 103.6 150 5</at></tree>
 <tree><kind>longan</kind><height>9.5</height><at>16.6 103.6 150 5</at></tree>
 <plot><field><rai>2</rai></field><field><rai>5</rai></field></plot>
 <plot><field><rai>7</rai></field></plot>
 <shape>0 0 0 0; 0 1 0 0; 1 1 0 0; 1 0 0 0; 0 0 0 0</shape>
 <meta><id>x1</id></meta>
</data>"""

TODAY = dt.date(2026, 11, 22)


def value_of(expression: str, context: str = "/data/name", zone: str = "Asia/Bangkok") -> object:
    return evaluate(expression, ORCHARD, context, timezone=zone, today=TODAY)


def agrees(expression: str, expected: object, context: str = "/data/name") -> None:
    """Equal in kind and value; numbers within what arithmetic loses."""
    found = value_of(expression, context)
    assert type(found) is type(expected), f"{expression} is {found!r}"
    if isinstance(expected, float):
        assert isinstance(found, float)
        same = math.isnan(found) if math.isnan(expected) else found == expected or math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-9)
        assert same, f"{expression} is {found!r}"
    else:
        assert found == expected, f"{expression} is {found!r}"
