# SPDX-License-Identifier: Apache-2.0
"""What the file name of a CCPD picture says: area-tilt-box-corners-text-brightness-blur, as CCPD documents it."""
PROVINCES = "皖沪津渝冀晋蒙辽吉黑苏浙京闽赣鲁豫鄂湘粤桂琼川贵云藏陕甘青宁新警学O"
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZO"
REST = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789O"
NO_PROVINCES = "警学O"
FIELDS = ("area", "tilt", "box", "corners", "text", "brightness", "blur")


def name_says(stem):
    """text, box [x y w h], corners [TL TR BR BL], tilt, brightness and blur; ValueError says what is wrong with the name."""
    fields = stem.split("-")
    if len(fields) != len(FIELDS):
        raise ValueError(f"{len(fields)} fields between '-', not {len(FIELDS)}")
    named = dict(zip(FIELDS, fields))
    (x0, y0), (x1, y1) = points(named, "box", 2)
    if x1 <= x0 or y1 <= y0:
        raise ValueError("the box is empty")
    # CCPD begins at the lower right and goes on clockwise.
    br, bl, tl, tr = points(named, "corners", 4)
    corners = [tl, tr, br, bl]
    if sum(a[0] * b[1] - a[1] * b[0] for a, b in zip(corners, [*corners[1:], tl])) <= 0:
        raise ValueError("the corners do not go round the plate from its lower right")
    return {"text": text_of(numbers(named, "text")), "box": [x0, y0, x1 - x0, y1 - y0], "corners": corners,
            "tilt": numbers(named, "tilt"), "brightness": numbers(named, "brightness")[0], "blur": numbers(named, "blur")[0]}


def numbers(named, field):
    try:
        return [int(value) for value in named[field].split("_")]
    except ValueError:
        raise ValueError(f"{field} {named[field]!r} is not of whole numbers") from None


def points(named, field, count):
    try:
        found = [tuple(int(value) for value in point.split("&")) for point in named[field].split("_")]
    except ValueError:
        found = []
    if len(found) != count or any(len(point) != 2 for point in found):
        raise ValueError(f"{field} {named[field]!r} is not {count} points x&y joined by '_'")
    return found


def text_of(codes):
    if len(codes) not in (7, 8):
        raise ValueError(f"text has {len(codes)} characters, not 7 or 8")
    tables = (PROVINCES, LETTERS, *[REST] * (len(codes) - 2))
    if any(not 0 <= code < len(table) for code, table in zip(codes, tables)):
        raise ValueError(f"text {codes} has a number beyond CCPD's tables")
    text = "".join(table[code] for code, table in zip(codes, tables))
    if text[0] in NO_PROVINCES or "O" in text:
        raise ValueError(f"text {text!r} lacks a character (CCPD's O is none)")
    return text
