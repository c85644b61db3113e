# SPDX-License-Identifier: Apache-2.0
"""A training loop whose schedule follows the clock, so that it always ends at the set minute, and that can be resumed."""
import contextlib
import copy
import ctypes
import math
import os
import time

import torch

SAVES = 8  # of one training


def keep_memory():
    """Keeps freed tensors' memory in the process: giving it back to the kernel and faulting it in again at every step can
    cost more than the convolutions."""
    libc = ctypes.CDLL("libc.so.6")
    m_trim_threshold, m_mmap_threshold = -1, -3
    libc.mallopt(m_mmap_threshold, 32 << 20)
    libc.mallopt(m_trim_threshold, 1 << 30)


class Clock:
    """Elapsed training minutes, kept across resumes."""

    def __init__(self, minutes):
        self.minutes, self.before, self.start = minutes, 0.0, time.time()

    @property
    def elapsed(self):
        return self.before + (time.time() - self.start) / 60

    @property
    def share(self):
        return min(1.0, self.elapsed / self.minutes)

    def rate(self, peak, warm=.02):
        """Cosine from `peak` to 1 % of it, after a short linear rise."""
        s = self.share
        return peak * (s / warm if s < warm else .01 + .99 * .5 * (1 + math.cos(math.pi * (s - warm) / (1 - warm))))


class Average:
    """Exponential mean of the weights: better than the last step, and what is exported."""

    def __init__(self, net, decay=.998):
        self.net, self.decay = copy.deepcopy(net).eval(), decay

    @torch.no_grad()
    def update(self, net, step):
        decay = min(self.decay, (1 + step) / (10 + step))
        pairs = list(zip(self.net.state_dict().values(), net.state_dict().values()))
        means, nows = zip(*[(mean, now) for mean, now in pairs if mean.dtype.is_floating_point])
        torch._foreach_mul_(means, decay)
        torch._foreach_add_(means, nows, alpha=1 - decay)
        for mean, now in pairs:
            if not mean.dtype.is_floating_point:
                mean.copy_(now)


def save(path, net, average, optimizer, clock, step, history):
    state = {"net": net.state_dict(), "average": average.net.state_dict(), "optimizer": optimizer.state_dict(),
             "elapsed": clock.elapsed, "step": step, "history": history}
    torch.save(state, f"{path}.tmp")
    os.replace(f"{path}.tmp", path)


def load(path, net, average, optimizer, clock):
    """Restores everything; returns (step, history)."""
    state = torch.load(path, map_location="cpu")
    net.load_state_dict(state["net"])
    average.net.load_state_dict(state["average"])
    optimizer.load_state_dict(state["optimizer"])
    clock.before = state["elapsed"]
    return state["step"], state["history"]


def stored(path, average):
    """Restores only the averaged weights, of a checkpoint or of a model's TorchScript file; returns (step, history)."""
    if path.parent.joinpath("card.toml").exists():
        weights = torch.jit.load(str(path), map_location="cpu").state_dict()
        # Where the file decodes what the net says, the net lies within.
        inner = {name[4:]: value for name, value in weights.items() if name.startswith("net.")}
        average.net.load_state_dict(inner or weights)
        return 0, {"loss": []}
    state = torch.load(path, map_location="cpu")
    average.net.load_state_dict(state["average"])
    return state["step"], state["history"]


def minutes_of(history):
    """Training minutes until the last look."""
    return round(max((points[-1][0] for points in history.values() if points), default=0.0), 1)


def autocast(device):
    """On CUDA the convolutions run in bfloat16; the CPU trains in float32."""
    return torch.autocast("cuda", torch.bfloat16) if str(device).startswith("cuda") else contextlib.nullcontext()


def batches(args, stream, collate=None):
    """Batches of a stream of samples, made by the processes of `--loaders`."""
    return torch.utils.data.DataLoader(stream, batch_size=args.batch, num_workers=args.loaders, collate_fn=collate,
                                       persistent_workers=args.loaders > 0, prefetch_factor=8 if args.loaders else 2,
                                       pin_memory=str(args.device).startswith("cuda"))


def train(args, net, stream_from, loss_of, look, rate, decay=1e-2, clip=5.0, collate=None):
    """Trains until the clock of `--minutes` is over; returns (the averaged net, steps, history).

    stream_from(step): the samples from there on. loss_of(net, batch, share): the loss of a batch, `share` of the time being
    over. look(net): named numbers of the averaged net on fit data, for the curves.
    """
    if str(args.device).startswith("cuda"):
        net.to(memory_format=torch.channels_last)
        torch.backends.cudnn.benchmark = True
    average = Average(net)
    optimizer = torch.optim.AdamW([p for p in net.parameters() if p.requires_grad], lr=rate, weight_decay=decay)
    clock, step, before, history = Clock(args.minutes), 0, 0, {"loss": []}
    checkpoint = args.work / "last.pt"
    if args.resume and checkpoint.exists():
        step, history = load(checkpoint, net, average, optimizer, clock)
    elif args.start:
        before, _ = stored(args.start, average)
        net.load_state_dict(average.net.state_dict())
    loader = batches(args, stream_from(before + step), collate)
    clock.start, running, next_save = time.time(), None, clock.elapsed + args.minutes / SAVES
    for batch in loader:
        net.train()
        for group in optimizer.param_groups:
            group["lr"] = clock.rate(rate)
        loss = loss_of(net, batch, clock.share)
        optimizer.zero_grad()
        loss.backward()
        if not torch.isfinite(torch.nn.utils.clip_grad_norm_(net.parameters(), clip)):
            continue  # one sample that overflows must not spoil the net
        optimizer.step()
        step += 1
        average.update(net, step)
        running = loss.detach() if running is None else running.lerp(loss.detach(), .02)
        if clock.elapsed > next_save or clock.share >= 1:
            numbers = {"loss": float(running), **({} if args.blind else look(average.net))}
            for name, value in numbers.items():
                history.setdefault(name, []).append((clock.elapsed, float(value)))
            print(f"{clock.elapsed:6.1f} min  step {step}  " + "  ".join(f"{n} {v:.4f}" for n, v in numbers.items()), flush=True)
            save(checkpoint, net, average, optimizer, clock, before + step, history)
            next_save = clock.elapsed + args.minutes / SAVES
        if clock.share >= 1:
            return toward(args, average.net), before + step, history
    raise RuntimeError("the sample stream ended")


def prepared(args):
    """What every training sets before its net is made."""
    keep_memory()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    args.work.mkdir(parents=True, exist_ok=True)


def last(args, net):
    """(averaged net, steps, history) of the last checkpoint."""
    average = Average(net)
    step, history = stored(args.work / "last.pt", average)
    return toward(args, average.net), step, history


def toward(args, net):
    """The net whose weights lie `--toward` of the way from those of `--start` to these: nearly as good on what the new data show,
    and nearer to the old ones on what they do not."""
    if not args.start or args.toward == 1:
        return net
    old = Average(net)
    stored(args.start, old)
    mixed = {name: old.net.state_dict()[name].lerp(now, args.toward) if now.dtype.is_floating_point else now
             for name, now in net.state_dict().items()}
    net.load_state_dict(mixed)
    return net
