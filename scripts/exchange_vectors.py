#!/usr/bin/env python3
"""Makes the networks and spikes that the import is tested with: golden-model/src/test/resources/exchange.

Runs on Debian's python3-torch, python3-numpy and python3-h5py. The neurons are the published equations of snnTorch's
Leaky and SpikingJelly's LIFNode in plain torch; the .nir files have the layout and the parameters that the two
frameworks' own exports give them. Same seed, same bytes.

    scripts/exchange_vectors.py [FOLDER]
    scripts/exchange_vectors.py --large FILE.nir     one dense layer, about 50 MB: to measure the import with
"""

import json
import pathlib
import struct
import sys

import h5py
import numpy as np
import torch
import torch.nn.functional as functional

DT = 1e-4  # the time step that both frameworks assume when they export
SAMPLES = 12
MARGIN = 1e-3  # no potential comes closer to the threshold, so that float and double agree on every spike


class Leaky:
    """snnTorch: u = beta u + x after the reset of the step before, spike when u > threshold."""

    def __init__(self, beta, threshold, reset):
        self.beta, self.threshold, self.reset = beta, threshold, reset
        self.u = None

    def step(self, x):
        u = torch.zeros_like(x) if self.u is None else self.u
        spiked = (u > self.threshold).float()
        if self.reset == "zero":
            u = u * (1 - spiked)
            self.u = self.beta * u + x
        else:
            self.u = self.beta * u + x - spiked * self.threshold
        return (self.u > self.threshold).float()

    def margin(self):
        return (self.u - self.threshold).abs()

    def nir(self, size):
        tau = DT / (1 - self.beta)
        return {
            "type": "LIF",
            "tau": np.float32(tau),
            "r": np.float32(tau / DT),
            "v_leak": np.float32(0),
            "v_threshold": np.array([self.threshold], np.float32),
            "v_reset": np.array([0], np.float32),
        }


class ImmediateLeaky(Leaky):
    """The same with reset_delay=False: the threshold is taken off in the step of the spike, so it leaks as well."""

    def step(self, x):
        u = torch.zeros_like(x) if self.u is None else self.after
        self.u = self.beta * u + x
        spikes = (self.u > self.threshold).float()
        self.after = self.u * (1 - spikes) if self.reset == "zero" else self.u - spikes * self.threshold
        return spikes


class LifNode:
    """SpikingJelly: charge, fire when h >= v_threshold, hard reset to 0."""

    def __init__(self, tau, threshold, decay_input):
        self.tau, self.threshold, self.decay_input = tau, threshold, decay_input
        self.v = None

    def step(self, x):
        v = torch.zeros_like(x) if self.v is None else self.v
        if self.decay_input:
            h = v + (x - v) / self.tau
        else:
            h = v - v / self.tau + x
        self.h = h
        spikes = (h >= self.threshold).float()
        self.v = h * (1 - spikes)
        return spikes

    def margin(self):
        return (self.h - self.threshold).abs()

    def nir(self, size):
        full = lambda value: np.full(size, value, np.float64)
        return {
            "type": "LIF",
            "tau": full(self.tau * DT),
            "r": full(1.0 if self.decay_input else self.tau),
            "v_leak": full(0),
            "v_threshold": full(self.threshold),
            "v_reset": full(0),
        }


class IfNode(LifNode):
    """SpikingJelly: no leak."""

    def __init__(self, threshold):
        super().__init__(1, threshold, False)

    def step(self, x):
        v = torch.zeros_like(x) if self.v is None else self.v
        self.h = v + x
        spikes = (self.h >= self.threshold).float()
        self.v = self.h * (1 - spikes)
        return spikes

    def nir(self, size):
        full = lambda value: np.full(size, value, np.float64)
        return {"type": "IF", "r": full(1 / DT), "v_threshold": full(self.threshold), "v_reset": full(0)}


class Dense:
    def __init__(self, inputs, outputs, gain, bias):
        self.weight = (torch.rand(outputs, inputs) * 2 - 1) * gain
        self.bias = (torch.rand(outputs) * 2 - 1) * 0.1 if bias else None

    def step(self, x):
        return functional.linear(x, self.weight, self.bias)

    def nir(self, size):
        node = {"type": "Linear" if self.bias is None else "Affine", "weight": self.weight.numpy()}
        return node if self.bias is None else node | {"bias": self.bias.numpy()}


class Conv:
    def __init__(self, inputs, outputs, kernel, stride, padding, gain, side):
        self.weight = (torch.rand(outputs, inputs, kernel, kernel) * 2 - 1) * gain
        self.bias = (torch.rand(outputs) * 2 - 1) * 0.1
        self.stride, self.padding, self.side = stride, padding, side

    def step(self, x):
        return functional.conv2d(x, self.weight, self.bias, self.stride, self.padding)

    def nir(self, size):
        return {
            "type": "Conv2d",
            "input_shape": np.array([self.side, self.side]),
            "weight": self.weight.numpy(),
            "bias": self.bias.numpy(),
            "stride": np.array([self.stride, self.stride]),
            "padding": np.array([self.padding, self.padding]),
            "dilation": np.array([1, 1]),
            "groups": 1,
        }


class Pool:
    def __init__(self, kernel, average):
        self.kernel, self.average = kernel, average

    def step(self, x):
        pooled = functional.avg_pool2d(x, self.kernel)
        return pooled if self.average else pooled * self.kernel**2

    def nir(self, size):
        two = lambda value: np.array([value, value])
        return {
            "type": "AvgPool2d" if self.average else "SumPool2d",
            "kernel_size": two(self.kernel),
            "stride": two(self.kernel),
            "padding": two(0),
        }


class Flatten:
    def step(self, x):
        self.shape = x.shape[1:]
        return x.flatten(1)

    def nir(self, size):
        return {"type": "Flatten", "start_dim": 0, "end_dim": -1, "input_type": np.array(self.shape)}


def run(make, shape, steps, density):
    """Samples whose every potential keeps its margin, and the spikes of each layer of neurons."""
    kept_inputs, kept_spikes = [], []
    layers = make()
    for _ in range(2000):
        inputs = (torch.rand(steps, *shape) < density).float()
        for _, layer in layers:
            for state in ("u", "v"):
                if hasattr(layer, state):
                    setattr(layer, state, None)
        spikes, margin = {}, torch.tensor(1.0)
        for step in range(steps):
            x = inputs[step].unsqueeze(0)
            for name, layer in layers:
                x = layer.step(x)
                if hasattr(layer, "margin"):
                    margin = torch.minimum(margin, layer.margin().min())
                    spikes.setdefault(name, []).append(x[0].numpy().astype(np.uint8))
        if margin > MARGIN:
            kept_inputs.append(inputs.numpy().astype(np.uint8))
            kept_spikes.append({name: np.stack(values) for name, values in spikes.items()})
        if len(kept_inputs) == SAMPLES:
            break
    assert len(kept_inputs) == SAMPLES, "too few samples keep the margin: change the gains"
    result = {"inputs": np.stack(kept_inputs)}
    for name in kept_spikes[0]:
        result["spikes_" + name] = np.stack([spikes[name] for spikes in kept_spikes])
        rate = result["spikes_" + name].mean()
        assert 0.02 < rate < 0.9, f"{name} spikes at a rate of {rate}: change the gains"
    return layers, result


def write_group(group, values):
    for key, value in values.items():
        if isinstance(value, dict):
            write_group(group.create_group(key), value)
        elif isinstance(value, str):
            group.create_dataset(key, data=value, dtype=h5py.string_dtype())
        elif isinstance(value, np.ndarray) and value.shape:
            group.create_dataset(key, data=value, compression="gzip")
        else:
            group.create_dataset(key, data=value)


def write_nir(path, nodes, edges, version="1.0.6"):
    with h5py.File(path, "w") as file:
        file.create_dataset("version", data=version, dtype=h5py.string_dtype())
        graph = file.create_group("node")
        write_group(graph, {"type": "NIRGraph", "nodes": nodes})
        graph.create_dataset("edges", data=edges, dtype=h5py.string_dtype())


def save_network(path, layers, shape, outputs, version="1.0.6"):
    sizes = {"input": shape}
    nodes = {"input": {"type": "Input", "shape": np.array(shape)}}
    x = torch.zeros(1, *shape)
    for name, layer in layers:
        x = layer.step(x)
        nodes[name] = layer.nir(tuple(x.shape[1:]))
    nodes["output"] = {"type": "Output", "shape": np.array([outputs])}
    order = ["input", *[name for name, _ in layers], "output"]
    write_nir(path, nodes, list(zip(order, order[1:])), version)


def save_safetensors(path, tensors):
    """The format's own description: length of the header, header as JSON, bytes of the tensors."""
    header, blob = {}, b""
    for name, tensor in tensors.items():
        data = tensor.astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(blob), len(blob) + len(data)]}
        blob += data
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + blob)


def case(folder, name, make, shape, outputs, steps, density, seed):
    torch.manual_seed(seed)
    layers, vectors = run(make, shape, steps, density)
    save_network(folder / f"{name}.nir", layers, shape, outputs)
    np.savez_compressed(folder / f"{name}.npz", **vectors)
    return layers


def large(path):
    torch.manual_seed(1)
    layers = [("fc", Dense(4096, 3300, 0.02, True)), ("lif", Leaky(0.5, 0.5, "zero"))]
    save_network(path, layers, (4096,), 3300)


def main():
    if sys.argv[1:2] == ["--large"]:
        return large(pathlib.Path(sys.argv[2]))
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "golden-model/src/test/resources/exchange")
    folder.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)

    def mlp(first, second, bias=True):
        return lambda: [("fc1", Dense(24, 32, 0.5, bias)), ("n1", first()), ("fc2", Dense(32, 10, 0.5, bias)), ("n2", second())]

    leaky = lambda reset, kind=Leaky: (lambda: kind(0.75, 0.5, reset))
    layers = case(folder, "snntorch-zero", mlp(leaky("zero"), leaky("zero")), (24,), 10, 8, 0.3, 1)
    case(folder, "snntorch-subtract", mlp(leaky("subtract", ImmediateLeaky), leaky("subtract", ImmediateLeaky)), (24,), 10, 8, 0.3, 2)
    lif = lambda decay, threshold: (lambda: LifNode(2.0, threshold, decay))
    case(folder, "spikingjelly-lif", mlp(lif(False, 0.5), lif(False, 0.5), False), (24,), 10, 8, 0.3, 3)
    case(folder, "spikingjelly-decay-input", mlp(lif(True, 0.25), lif(True, 0.25), False), (24,), 10, 8, 0.3, 4)

    def conv(average):
        pooled = 1.0 if average else 0.25
        return lambda: [
            ("conv1", Conv(2, 4, 3, 1, 1, 0.5, 8)),
            ("n1", Leaky(0.5, 0.5, "zero") if average else IfNode(1.0)),
            ("pool1", Pool(2, average)),
            ("conv2", Conv(4, 6, 3, 2, 1, 0.6 * pooled, 4)),
            ("n2", Leaky(0.5, 0.5, "zero") if average else IfNode(0.75)),
            ("flatten", Flatten()),
            ("fc", Dense(24, 10, 0.5, True)),
            ("n3", Leaky(0.75, 0.75, "zero") if average else IfNode(0.75)),
        ]

    case(folder, "conv-average", conv(True), (2, 8, 8), 10, 6, 0.25, 5)
    case(folder, "conv-sum-if", conv(False), (2, 8, 8), 10, 6, 0.25, 6)

    parameters = {
        "fc1.weight": layers[0][1].weight.numpy(),
        "fc1.bias": layers[0][1].bias.numpy(),
        "fc2.weight": layers[2][1].weight.numpy(),
        "fc2.bias": layers[2][1].bias.numpy(),
    }
    np.savez_compressed(folder / "checkpoint.npz", **parameters)
    save_safetensors(folder / "checkpoint.safetensors", parameters)


if __name__ == "__main__":
    main()
