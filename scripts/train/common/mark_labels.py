# SPDX-License-Identifier: Apache-2.0
"""The labels of marking masks, and what each of them allows.

Masks hold labels: 0 to 11 are the classes below (rendered scenes know them all); the others stand for several classes, for
sets that do not tell them apart. 255: nobody knows, so no loss.
"""
import numpy as np

CLASSES = ["other", "road", "white_solid", "white_dashed", "yellow_solid", "yellow_dashed", "stop_line", "crosswalk", "arrow",
           "bus_text", "grid", "guide"]
UNMARKED, YELLOW, OTHER_PAINT, IGNORE = 12, 13, 14, 255
ALLOWED = {UNMARKED: (0, 1), YELLOW: (4, 5), OTHER_PAINT: (9, 10, 11)}
LABELS = len(CLASSES) + len(ALLOWED)
# Hand-made masks (markings/README): their value to our label.
HAND_MADE = np.full(256, IGNORE, np.uint8)
HAND_MADE[:8] = [UNMARKED, 2, 3, YELLOW, 6, 7, 8, OTHER_PAINT]
