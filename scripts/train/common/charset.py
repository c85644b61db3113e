# SPDX-License-Identifier: Apache-2.0
"""The characters of Chinese plates, in the reader's order; class 0 is the CTC blank."""
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
SPECIAL = "学挂警港澳使领"
DIGITS = "0123456789"
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # without I and O
CHARSET = PROVINCES + SPECIAL + DIGITS + LETTERS
INDEX = {c: i + 1 for i, c in enumerate(CHARSET)}


def encode(text):
    """Class numbers of a string, or None when it holds another character."""
    return [INDEX[c] for c in text] if all(c in INDEX for c in text) else None
