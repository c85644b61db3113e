# SPDX-License-Identifier: Apache-2.0
"""What cameras, weather and compression do to pictures, for a whole batch on the device that trains.

All take and give RGB floats [B,3,H,W] from 0 to 1; each picture draws its own numbers. `augment` does the same for one picture
where a net is measured or calibrated.
"""
import math

import torch
from torch.nn import functional

# ITU T.81, Annex K: the tables that encoders scale by their quality.
LUMA = [16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
        18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112,
        100, 103, 99]
CHROMA = [17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99, 99, 99,
          99] + [99] * 32
TO_YCC = [[.299, .587, .114], [-.168736, -.331264, .5], [.5, -.418688, -.081312]]


def uniform(x, low, high, *shape):
    """Numbers [B,*shape], ready to be multiplied with x."""
    numbers = torch.rand(len(x), *(shape or (1, 1, 1)), device=x.device)
    return numbers * (high - low) + low


def some(x, share):
    """[B,1,1,1]: true for about `share` of the pictures."""
    return torch.rand(len(x), 1, 1, 1, device=x.device) < share


def light(x, mild=False, share=.85):
    """Gain, shadow, contrast, level, gamma; now and then night, glare, or no colour. `mild` leaves the colours tellable."""
    before = x
    x = torch.where(some(x, .5), x * uniform(x, *((.92, 1.08) if mild else (.82, 1.18)), 3, 1, 1), x)
    x = torch.where(some(x, .35), x * shade(x), x)
    mean = x.mean((1, 2, 3), keepdim=True)
    level = uniform(x, .6, 1.3) if mild else uniform(x, .4, 1.4)
    x = (x - mean) * uniform(x, *((.65, 1.25) if mild else (.45, 1.35))) + mean * level
    x = x.clamp(1e-4, 1) ** torch.exp(uniform(x, *((-.3, .3) if mild else (-.6, .6))))
    if not mild:
        x = torch.where(some(x, .12), x * uniform(x, .12, .5) + uniform(x, 0, .06), x)
        x = torch.where(some(x, .08), x + uniform(x, .1, .5), x)
        x = torch.where(some(x, .06), x.mean(1, keepdim=True).expand_as(x), x)
    return torch.where(some(x, share), x.clamp(0, 1), before)


def shade(x):
    """[B,1,H,W] factors: a soft half-plane of shade or a bright band."""
    height, width = x.shape[2:]
    rows = torch.linspace(-.5, .5, height, device=x.device)[None, None, :, None]
    columns = torch.linspace(-.5, .5, width, device=x.device)[None, None, None]
    angle = uniform(x, 0, 2 * math.pi)
    side = columns * torch.cos(angle) + rows * torch.sin(angle) - uniform(x, -.4, .4)
    return 1 - torch.sigmoid(side * uniform(x, 6, 60)) * uniform(x, -.3, .65)


def optics(x, smallest, share=.55, groups=8):
    """Low resolution, defocus, motion. The batch is cut into groups that share one kernel; a picture's shorter side comes down to
    `smallest` of itself at worst."""
    return torch.cat([blurred(part, smallest, share) for part in x.split(max(1, math.ceil(len(x) / groups)))])


def blurred(x, smallest, share):
    height, width = x.shape[2:]
    if torch.rand(()) < share:
        scale = math.exp(float(torch.rand(())) * math.log(smallest))
        size = (max(4, round(height * scale)), max(4, round(width * scale)))
        mode = "area" if torch.rand(()) < .7 else "bilinear"
        small = functional.interpolate(x, size=size, mode=mode)
        x = functional.interpolate(small, size=(height, width), mode="bilinear" if torch.rand(()) < .6 else "bicubic")
    if torch.rand(()) < .35:
        x = smeared(x, gaussian(.3 + 1.4 * float(torch.rand(()))))
    if torch.rand(()) < .2:
        x = smeared(x, motion(int(torch.randint(2, 9, ())), float(torch.rand(())) * math.pi))
    return x.clamp(0, 1)


def gaussian(sigma, radius=4):
    steps = torch.arange(-radius, radius + 1, dtype=torch.float32)
    line = torch.exp(-steps ** 2 / (2 * sigma ** 2))
    return torch.outer(line, line)


def motion(length, angle):
    kernel = torch.zeros(9, 9)
    for step in torch.linspace(-length / 2, length / 2, 17):
        kernel[round(4 + float(step) * math.sin(angle)), round(4 + float(step) * math.cos(angle))] = 1
    return kernel


def smeared(x, kernel):
    kernel = (kernel / kernel.sum()).to(x)
    return functional.conv2d(functional.pad(x, (4, 4, 4, 4), mode="replicate"), kernel.expand(3, 1, 9, 9).contiguous(), groups=3)


def sensor(x, lowest_quality=20, share=.6):
    """Noise, fine and coarse, and JPEG."""
    x = torch.where(some(x, .5), x + torch.randn_like(x) * uniform(x, .004, .055), x)
    coarse = functional.interpolate(torch.randn(len(x), 3, 12, 20, device=x.device), size=x.shape[2:], mode="bilinear")
    x = torch.where(some(x, .15), x + coarse * uniform(x, .01, .05), x).clamp(0, 1)
    return torch.where(some(x, share), jpeg(x, uniform(x, lowest_quality, 96)), x)


def jpeg(x, quality):
    """As a baseline encoder with halved chroma would leave it; `quality` [B,1,1,1] from 1 to 100."""
    height, width = x.shape[2:]
    x = functional.pad(x, (0, -width % 16, 0, -height % 16), mode="replicate") * 255
    matrix = torch.tensor(TO_YCC)
    back, matrix = torch.linalg.inv(matrix).to(x.device), matrix.to(x.device)
    ycc = torch.einsum("ij,bjhw->bihw", matrix, x)
    scale = torch.where(quality < 50, 5000 / quality, 200 - 2 * quality) / 100
    luma = requantized(ycc[:, :1] - 128, LUMA, scale)
    chroma = requantized(functional.avg_pool2d(ycc[:, 1:], 2), CHROMA, scale)
    chroma = functional.interpolate(chroma, scale_factor=2.0, mode="nearest")
    x = torch.einsum("ij,bjhw->bihw", back, torch.cat([luma + 128, chroma], 1))
    return (x[:, :, :height, :width] / 255).clamp(0, 1)


def requantized(planes, table, scale):
    """8 x 8 blocks through the cosine transform, rounded to multiples of the scaled table, and back."""
    batch, channels, height, width = planes.shape
    table = (torch.tensor(table, dtype=torch.float32, device=planes.device).view(8, 8) * scale[..., None, None]).clamp(1, 255)
    blocks = planes.reshape(batch, channels, height // 8, 8, width // 8, 8).permute(0, 1, 2, 4, 3, 5)
    cosine = transform().to(planes.device)
    table = table.view(batch, 1, 1, 1, 8, 8)
    blocks = torch.round(cosine @ blocks @ cosine.T / table) * table
    return (cosine.T @ blocks @ cosine).permute(0, 1, 2, 4, 3, 5).reshape(batch, channels, height, width)


def transform():
    """The orthonormal 8-point cosine transform."""
    k, n = torch.meshgrid(torch.arange(8.), torch.arange(8.), indexing="ij")
    matrix = torch.cos(math.pi * (2 * n + 1) * k / 16) / 2
    matrix[0] /= math.sqrt(2)
    return matrix
