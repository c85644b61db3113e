#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What scripts/train/convert.py makes of one's own data must come back through the loaders of the trainings."""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest
from unittest import mock

import cv2
import numpy as np

TRAIN = pathlib.Path(__file__).parents[2] / "scripts" / "train"
sys.path.insert(0, str(TRAIN))
try:
    import torch  # noqa: F401
except ImportError:  # reading labels needs none of it
    sys.modules |= {"torch": mock.MagicMock(), "torch.nn": mock.MagicMock()}
from common import plate_crops, plate_scenes, road_scenes, vehicle_crops  # noqa: E402

# The example of CCPD's own description: 0_0_22_27_27_33_16 is 皖AY339S.
BLUE = "025-95_113-154&383_386&473-386&473_177&454_154&383_363&402-0_0_22_27_27_33_16-37-15"
# New energy, level: 皖 A D 1 2 3 4 5.
GREEN = "0110-90_90-100&200_220&240-220&240_100&240_100&200_220&200-0_0_3_25_26_27_28_29-120-80"


def both(load):
    return [item for split in ("train", "val") for item in load(split)]


class Convert(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.mine, self.data = pathlib.Path(self.folder.name, "mine"), pathlib.Path(self.folder.name, "data")
        self.rng = np.random.default_rng(1)

    def picture(self, name, width=64, height=48):
        path = self.mine / name
        path.parent.mkdir(parents=True, exist_ok=True)
        cv2.imwrite(str(path), self.rng.integers(0, 255, (height, width, 3)).astype(np.uint8))

    def write(self, name, text):
        path = pathlib.Path(self.folder.name, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text if isinstance(text, str) else json.dumps(text), encoding="utf-8")
        return path

    def convert(self, *arguments, status=0):
        """What the converter says."""
        done = subprocess.run([sys.executable, TRAIN / "convert.py", *map(str, arguments)], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        self.assertNotIn("Traceback", done.stderr)
        return done.stdout + done.stderr

    def fail_with(self, message, *arguments):
        self.assertIn(message, self.convert(*arguments, status=1))

    # CCPD

    def test_ccpd_plates_come_back(self):
        self.picture(BLUE + ".jpg", 720, 1160)
        self.picture(GREEN + ".jpg", 800, 1160)
        said = self.convert("ccpd", self.mine, self.data, "--source", "own cameras", "--licence", "CC0")
        self.assertIn("left out: 0", said)
        self.assertIn("| plates_mine | own cameras | CC0 |", (self.data / "plates_mine/SOURCE.md").read_text())

        samples = {s.text: s for s in both(lambda split: plate_crops.reader_samples(self.data, split))}
        self.assertEqual(set(samples), {"皖AY339S", "皖AD12345"})
        crop = samples["皖AY339S"].picture()
        # The plate, 232 px wide, is 150 px wide there, with three tenths of it on either side.
        scale = 150 / 232
        self.assertAlmostEqual(crop.shape[1], 232 * 1.6 * scale, delta=1.5)
        tl, tr, br, bl = samples["皖AY339S"].corners(crop)
        np.testing.assert_allclose(tr - tl, np.array([363 - 154, 402 - 383]) * scale, atol=.5)
        np.testing.assert_allclose(br - bl, np.array([386 - 177, 473 - 454]) * scale, atol=.5)
        np.testing.assert_allclose(tl[0], 232 * .3 * scale, atol=1)
        self.assertEqual(samples["皖AD12345"].kind, "corners")
        self.assertEqual(set(samples["皖AD12345"].slices) - {"blurred"}, {"small", "new_energy"})

        scenes = {s.key: s for s in both(lambda split: plate_scenes.ccpd(self.data, "scenes", split))}
        plate = scenes["皖AD12345"].plates[0]
        self.assertEqual((plate_scenes.KINDS[plate.kind], plate.exact), ("green", True))
        np.testing.assert_allclose(plate.quad, np.array([[100, 200], [220, 200], [220, 240], [100, 240]]) / 2, atol=.1)
        self.assertEqual(scenes["皖AD12345"].picture().shape, (580, 400, 3))
        self.assertEqual(len(both(lambda split: road_scenes.ccpd(self.data, split))), 2)

    def test_ccpd_leaves_out_and_goes_on(self):
        self.picture(BLUE + ".jpg", 720, 1160)
        self.picture(GREEN.replace("100&200_220&240-", "100_220-") + ".jpg", 800, 1160)
        self.picture("holiday.jpg")
        self.picture(GREEN.replace("0_0_3_", "0_0_35_") + ".jpg", 800, 1160)
        self.picture(GREEN.replace("0_0_3_", "0_0_34_") + ".jpg", 800, 1160)
        self.picture("sub/" + GREEN + ".jpg", 200, 100)
        self.write(f"mine/9{GREEN}.jpg", "no picture")
        said = self.convert("ccpd", self.mine, self.data)
        for part in ("holiday.jpg: has no name of CCPD's kind: 1 fields", "is not 2 points x&y", "has a number beyond CCPD's tables",
                     "lacks a character", "4 x has no name of CCPD's kind", "1 x tells of a plate outside the picture",
                     "1 x is no picture that OpenCV reads", "left out: 6", "--licence"):
            self.assertIn(part, said)
        self.assertEqual(len(both(lambda split: plate_crops.reader_samples(self.data, split))), 1)

    def test_a_plate_stays_on_its_side_and_public_tests_stay_out(self):
        for text in range(24):
            self.picture(GREEN.replace("-0_0_3_25_", f"-0_{text}_3_25_") + ".jpg", 240, 260)
            self.picture(GREEN.replace("-0_0_3_25_", f"-0_{text}_3_25_").replace("0110", "0220") + ".jpg", 240, 260)
        self.write("data/test-public/some/test.csv", "file,text\na.jpg,皖AD12345\n")
        there = {f"皖{letter}D12345" for letter in "BCDEFG"}
        self.write("data/plates/reader/val.jsonl", "".join(json.dumps({"text": text}) + "\n" for text in there))
        said = self.convert("ccpd", self.mine, self.data, "--name", "x")
        self.assertIn("2 x shows a plate of test-public", said)
        (self.data / "alone").mkdir()
        (self.data / "plates_x").rename(self.data / "alone/plates_x")
        sides = [{s.text for s in plate_crops.reader_samples(self.data / "alone", split)} for split in ("train", "val")]
        self.assertEqual(len(sides[0]) + len(sides[1]), 23)
        self.assertFalse(sides[0] & sides[1])
        self.assertLessEqual(there, sides[1])
        self.assertNotIn("皖AD12345", sides[0] | sides[1])
        self.assertTrue(sides[0])

    # COCO

    COCO = {"categories": [{"id": 1, "name": "person"}, {"id": 3, "name": "Car"}, {"id": 9, "name": "wagon"}, {"id": 10, "name": "dog"}],
            "images": [{"id": 1, "file_name": "north_001.jpg", "width": 64, "height": 48}],
            "annotations": [{"id": 1, "image_id": 1, "category_id": 3, "bbox": [2, 4, 40, 30.5], "iscrowd": 0},
                            {"id": 2, "image_id": 1, "category_id": 9, "bbox": [30, 10, 50, 30]},
                            {"id": 3, "image_id": 1, "category_id": 1, "bbox": [0, 0, 20, 10], "iscrowd": 1},
                            {"id": 4, "image_id": 1, "category_id": 10, "bbox": [5, 5, 5, 5]}]}

    def test_coco_boxes_come_back(self):
        self.picture("north_001.jpg")
        said = self.convert("coco", self.write("own.json", self.COCO), self.mine, self.data, "--map", "wagon=van")
        self.assertIn("1 boxes of 'dog' are not used", said)
        self.assertIn("labelled wherever they are (--complete says otherwise): vehicle, person", said)
        scene, = both(lambda split: road_scenes.detection(self.data, split, marked=False))
        np.testing.assert_allclose(scene.boxes, [[2, 4, 42, 34.5], [30, 10, 64, 40], [0, 0, 20, 10]])
        self.assertEqual(scene.labels.tolist(), [0, 0, -1])  # the crowd is neither right nor wrong
        self.assertEqual((scene.known, scene.source, scene.group), ([0, 2], "vehicles_own", "north"))
        self.assertEqual((self.mine / "north_001.jpg").read_bytes(), scene.pictures.bytes(scene.file))
        crops = both(lambda split: vehicle_crops.boxed(self.data, split))
        self.assertEqual([vehicle_crops.CLASSES[c.labels[0]] if c.labels[0] >= 0 else None for c in crops], [None, "van"])

    def test_the_data_say_which_labels_are_complete(self):
        self.picture("north_001.jpg")
        for name, complete in (("some", "vehicle"), ("none", "none")):
            self.convert("coco", self.write("own.json", self.COCO), self.mine, self.data, "--name", name, "--complete", complete)
        known = {s.source: s.known for s in both(lambda split: road_scenes.detection(self.data, split, marked=False))}
        self.assertEqual(known, {"vehicles_some": [0], "vehicles_none": []})
        (self.data / "vehicles_some/detection/sets.json").unlink()
        with self.assertRaisesRegex(SystemExit, "sets.json: says nothing of the set 'vehicles_some'"):
            both(lambda split: road_scenes.detection(self.data, split, marked=False))

    def test_coco_leaves_out_and_goes_on(self):
        images = [{"id": i, "file_name": f"c{i}.jpg", "width": 64, "height": 48} for i in range(1, 6)]
        images[1]["width"] = 640
        for i in (1, 2, 3, 4):
            self.picture(f"c{i}.jpg")
        (self.mine / "c4.jpg").write_bytes((self.mine / "c4.jpg").read_bytes()[:-40])
        boxes = [{"image_id": 1, "category_id": 3, "bbox": [1, 1, 9, 9]}, {"image_id": 3, "category_id": 3, "bbox": [1, 1, 9]},
                 {"image_id": 77, "category_id": 3, "bbox": [1, 1, 9, 9]}]
        content = self.COCO | {"images": [*images, {"id": 9}], "annotations": boxes}
        said = self.convert("coco", self.write("own.json", content), self.mine, self.data)
        for part in ("1 x has another size than its labels say", "1 x has a broken annotation", "1 x has a box of no image", "1 x is cut short",
                     "c5.jpg: cannot be read", "1 x has an image without id or file_name", "left out: 6"):
            self.assertIn(part, said)
        self.assertEqual(len(both(lambda split: road_scenes.detection(self.data, split, marked=False))), 1)

    def test_what_cannot_begin_says_why(self):
        self.picture("a.jpg")
        own = self.write("own.json", self.COCO)
        self.fail_with("is no COCO file", "coco", self.write("list.json", "[]"), self.mine, self.data)
        self.fail_with("--map bike: no such class", "coco", own, self.mine, self.data, "--map", "bike=bicycle")
        self.fail_with("Nothing was converted", "coco", own, self.mine / "elsewhere", self.data)
        self.fail_with("is no folder", "ccpd", self.mine / "elsewhere", self.data)
        self.write("data/vehicles_own/x", "")
        self.fail_with("is there already", "coco", own, self.mine, self.data)

    # YOLO

    def test_yolo_boxes_come_back(self):
        for name in ("images/train/gate_1.jpg", "images/train/gate_2.jpg", "images/val/yard_1.jpg", "images/val/yard_2.jpg", "images/bare_1.jpg"):
            self.picture(name, 100, 50)
        self.write("mine/labels/train/gate_1.txt", "0 0.5 0.5 0.2 0.4\n\n2 0.1 0.2 0.3 0.2 0.3 0.6 0.1 0.6\n")
        self.write("mine/labels/train/gate_2.txt", "0 0.5 0.5 0.2 0.4\n1 0.5 0.5 0.2\n")
        self.write("mine/labels/val/yard_1.txt", "")
        self.write("mine/images/val/yard_2.txt", "7 0.5 0.5 0.2 0.4\n")
        said = self.convert("yolo", self.mine, self.data, "--names", "truck,bicycle,person")
        for part in ("gate_2.txt:2: '1 0.5 0.5 0.2'", "2 x has a broken line", "1 x has no text file", "left out: 3"):
            self.assertIn(part, said)
        scenes = {s.group: s for s in both(lambda split: road_scenes.detection(self.data, split, marked=False))}
        self.assertEqual(set(scenes), {"gate", "yard"})
        np.testing.assert_allclose(scenes["gate"].boxes, [[40, 15, 60, 35], [10, 10, 30, 30]], atol=.1)
        self.assertEqual(scenes["gate"].labels.tolist(), [0, 2])
        self.assertEqual(len(scenes["yard"].boxes), 0)

    def test_a_camera_is_on_one_side(self):
        for i in range(60):
            self.picture(f"cam{i % 12}x/{i}.png", 16, 16)
            self.write(f"mine/cam{i % 12}x/{i}.txt", "0 0.5 0.5 0.5 0.5")
        self.convert("yolo", self.mine, self.data, "--names", "car", "--group", r"cam(\d+)")
        train, val = ([s.group for s in road_scenes.detection(self.data, split, marked=False)] for split in ("train", "val"))
        self.assertEqual(len(train) + len(val), 60)
        self.assertFalse(set(train) & set(val))
        self.assertEqual(set(train) | set(val), {str(i) for i in range(12)})


if __name__ == "__main__":
    unittest.main()
