# SPDX-License-Identifier: Apache-2.0
"""What cameras, weather and compression do to a small picture. All take and give RGB uint8."""
import cv2
import numpy as np


def light(rng, picture):
    """Gain, contrast, gamma, colour cast, shadow; sometimes night or colourless."""
    x = picture.astype(np.float32) / 255
    if rng.random() < .5:
        x = x * rng.uniform(.85, 1.15, 3).astype(np.float32)
    if rng.random() < .35:
        x = shadow(rng, x)
    mean = x.mean()
    x = (x - mean) * rng.uniform(.45, 1.35) + mean * rng.uniform(.35, 1.45)
    x = np.clip(x, 0, 1) ** rng.uniform(.6, 1.7)
    if rng.random() < .12:  # night: dark and tinted
        x = x * rng.uniform(.12, .5) + rng.uniform(0, .06)
    if rng.random() < .08:  # glare
        x = x + rng.uniform(.1, .5)
    if rng.random() < .06:
        x = np.repeat(x.mean(2, keepdims=True), 3, 2)
    return (np.clip(x, 0, 1) * 255).astype(np.uint8)


def shadow(rng, x):
    """A soft half-plane of shade or a bright band."""
    h, w = x.shape[:2]
    angle, offset = rng.uniform(0, 2 * np.pi), rng.uniform(-.4, .4)
    yy, xx = np.mgrid[0:h, 0:w].astype(np.float32)
    side = (xx / w - .5) * np.cos(angle) + (yy / h - .5) * np.sin(angle) - offset
    soft = 1 / (1 + np.exp(-side * rng.uniform(6, 60)))
    return x * (1 - soft[..., None] * rng.uniform(-.3, .65))


def optics(rng, picture, smallest=22):
    """Low resolution, defocus, motion."""
    h, w = picture.shape[:2]
    if rng.random() < .55:
        width = int(np.exp(rng.uniform(np.log(smallest), np.log(w))))
        small = cv2.resize(picture, (width, max(6, h * width // w)),
                           interpolation=cv2.INTER_AREA if rng.random() < .7 else cv2.INTER_LINEAR)
        picture = cv2.resize(small, (w, h), interpolation=cv2.INTER_LINEAR if rng.random() < .6 else cv2.INTER_CUBIC)
    if rng.random() < .35:
        picture = cv2.GaussianBlur(picture, (0, 0), rng.uniform(.3, 1.7))
    if rng.random() < .2:
        length = int(rng.integers(2, 8))
        kernel = np.zeros((length, length), np.float32)
        cv2.line(kernel, (0, 0), (length - 1, int(rng.integers(0, length))), 1)
        kernel = np.rot90(kernel, rng.integers(4))
        picture = cv2.filter2D(picture, -1, kernel / kernel.sum())
    return picture


def sensor(rng, picture, lowest_quality=18):
    """Noise and JPEG."""
    if rng.random() < .5:
        noise = rng.normal(0, rng.uniform(1, 14), picture.shape)
        picture = np.clip(picture + noise, 0, 255).astype(np.uint8)
    if rng.random() < .6:
        quality = int(rng.integers(lowest_quality, 96))
        data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        picture = cv2.imdecode(data, cv2.IMREAD_COLOR)
    return picture
