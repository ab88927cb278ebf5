"""Trains batches of random images with PyTorch and prints one JSON line, as TrainingSpeed.java does.

    pytorch_speed.py demo|best BATCH SECONDS nchw|nhwc

The network is the one of CnnBlueprint in PyTorch's own modules, written as one would write it: eager mode, same padding
by F.pad where it is uneven, torch.nn.BatchNorm2d, torch.optim.NAdam in its multi-tensor form. `nhwc` is PyTorch's
channels_last memory format, the faster one on most processors.
"""
import json
import resource
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

CONFIGURATIONS = {
    "demo": dict(units=1.0, first=4, residual=4, pooling="inception", kernel=3, res_kernel=3, conv_dropout=0.175,
                 fc=1.0, more=1.0, fc_dropout=0.3, coarse=0.2, l2=1.0, rate=1.0),
    "best": dict(units=1.5958302613876916, first=3, residual=3, pooling="avg", kernel=3, res_kernel=2,
                 conv_dropout=0.25923531175521264, fc=1.3083964454436132, more=None, fc_dropout=0.4322253354921089,
                 coarse=0.3067103474295116, l2=0.41206755600055983, rate=0.6549347353077412),
}


class Same(nn.Conv2d):
    """A convolution padded as TensorFlow does."""

    def forward(self, x):
        pads = []
        for size in (x.shape[3], x.shape[2]):
            k, s = self.kernel_size[0], self.stride[0]
            total = max(0, ((size + s - 1) // s - 1) * s + k - size)
            pads += [total // 2, total - total // 2]
        if pads[0] == pads[1] and pads[2] == pads[3]:
            return F.conv2d(x, self.weight, self.bias, self.stride, (pads[2], pads[0]))
        return F.conv2d(F.pad(x, pads), self.weight, self.bias, self.stride)


def norm(channels):
    return nn.BatchNorm2d(channels, eps=1e-3, momentum=0.01)


def conv(inputs, outputs, kernel, stride=1, activation=True):
    layer = Same(inputs, outputs, kernel, stride)
    return nn.Sequential(layer, nn.ELU()) if activation else layer


class Unit(nn.Module):
    def __init__(self, channels, kernel, dropout):
        super().__init__()
        self.left = conv(channels, channels, 1, activation=False)
        self.right = nn.Sequential(nn.Dropout(dropout), conv(channels, channels, kernel))
        self.norm = norm(channels)

    def forward(self, x):
        return self.norm(self.left(x) + self.right(x))


class Inception(nn.Module):
    def __init__(self, n):
        super().__init__()
        a, b = int(n * 0.33 + 1), int(n * 0.4 + 1)
        self.first = nn.Sequential(conv(n, b, 3, 2, activation=False), norm(b))
        self.second = nn.Sequential(conv(n, a, 1), conv(a, b, 3), conv(b, b, 3, 2, activation=False), norm(b))
        self.third = nn.Sequential(conv(n, b, 1), nn.MaxPool2d(3, 2, ceil_mode=True))
        self.channels = 3 * b

    def forward(self, x):
        return torch.cat([self.first(x), self.second(x), self.third(x)], 1)


class Network(nn.Module):
    def __init__(self, c):
        super().__init__()
        layers = [conv(3, 16, c["first"])]
        channels, n, side = 16, int(40 * c["units"]), 32
        for _ in range(3):
            layers += [conv(channels, n, c["kernel"]), norm(n)]
            layers += [Unit(n, c["res_kernel"], c["conv_dropout"]) for _ in range(c["residual"])]
            layers.append(norm(n))
            pool = Inception(n) if c["pooling"] == "inception" else nn.AvgPool2d(2)
            layers += [pool, nn.Dropout(c["conv_dropout"])]
            channels = getattr(pool, "channels", n)
            n, side = 2 * n, side // 2
        units = int(1000 * c["fc"])
        layers += [nn.Flatten(), nn.Linear(channels * side * side, units), nn.ELU(), nn.Dropout(c["fc_dropout"])]
        if c["more"]:
            more = int(750 * c["more"])
            layers += [nn.Linear(units, more), nn.ELU(), nn.Dropout(c["fc_dropout"])]
            units = more
        self.body = nn.Sequential(*layers)
        self.fine, self.coarse = nn.Linear(units, 100), nn.Linear(units, 20)

    def forward(self, x):
        x = self.body(x)
        return self.fine(x), self.coarse(x)


def main():
    name, batch, seconds, layout = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), sys.argv[4]
    c = CONFIGURATIONS[name]
    torch.manual_seed(1)
    network = Network(c)
    memory = torch.channels_last if layout == "nhwc" else torch.contiguous_format
    network = network.to(memory_format=memory).train()
    kernels = [p for p in network.parameters() if p.dim() > 1]
    others = [p for p in network.parameters() if p.dim() == 1]
    # Keras's penalty l2 w^2 has the slope 2 l2 w; PyTorch's weight decay is the factor of w.
    groups = [{"params": kernels, "weight_decay": 2 * 0.0007 * c["l2"]}, {"params": others}]
    optimizer = torch.optim.NAdam(groups, lr=0.001 * c["rate"], foreach=True)
    batches = [(torch.rand(batch, 3, 32, 32).sub_(0.5).to(memory_format=memory), torch.randint(100, (batch,)),
                torch.randint(20, (batch,))) for _ in range(2)]

    def step(images, fine, coarse):
        optimizer.zero_grad(set_to_none=True)
        fine_out, coarse_out = network(images)
        loss = F.cross_entropy(fine_out, fine) + c["coarse"] * F.cross_entropy(coarse_out, coarse)
        loss.backward()
        optimizer.step()
        return loss.item()

    for i in range(2):
        step(*batches[i % 2])
    start, processor, trained = time.perf_counter(), time.process_time(), 0
    while time.perf_counter() - start < seconds:
        step(*batches[trained % 2])
        trained += 1
    elapsed, used = time.perf_counter() - start, time.process_time() - processor
    print(json.dumps({
        "engine": "pytorch-" + layout,
        "device": f"PyTorch {torch.__version__}, CPU, {torch.get_num_threads()} threads",
        "parameters": sum(p.numel() for p in network.parameters()),
        "configuration": name,
        "batch": batch,
        "images_per_second": round(trained * batch / elapsed, 2),
        "images_per_processor_second": round(trained * batch / used, 2),
        "peak_mebibytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }), flush=True)


if __name__ == "__main__":
    main()
