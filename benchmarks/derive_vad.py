"""Derive the voice activity detector that takes many streams in one call.

Silero's network is published in a form for one stream: its recurrent layer reads the frames of
the call as consecutive. Here the convolutions, which are nearly all of the work and know no
order, run over the frames of every stream at once, and the recurrent layer gets them sorted
out by stream. Weights are untouched, so the probabilities are the original's.

Usage (needs ``pip install onnx``, which the kit itself does not):
    python benchmarks/derive_vad.py silero_vad_v6.onnx \
        glmkit/media/voice_activity/silero_model/vad.onnx
"""

from __future__ import annotations

import sys

import onnx
from onnx import TensorProto, helper

_LSTM = "/decoder/rnn/LSTM"


def derive(source: str, target: str) -> None:
    """Write ``source``, Silero's 16 kHz network, to ``target`` with streams side by side."""
    model = onnx.load(source)
    graph = model.graph
    cut = next(i for i, node in enumerate(graph.node) if node.name == "/Transpose")
    lstm = next(node for node in graph.node if node.name == _LSTM)
    encoder = list(graph.node[:cut])
    features = encoder[-1].output[0]  # (frames, 128, 1)
    rest = [
        helper.make_node("Squeeze", [features, "two"], ["features"]),
        helper.make_node("Gather", ["features", "order"], ["sorted"], axis=0),
        helper.make_node(
            "LSTM",
            ["sorted", *lstm.input[1:4], "lengths", "h", "c"],
            ["recurrent", "hn", "cn"],
            hidden_size=128,
        ),
        helper.make_node("Squeeze", ["recurrent", "one"], ["hidden"]),  # (steps, streams, 128)
        helper.make_node("Relu", ["hidden"], ["positive"]),
        helper.make_node("Squeeze", ["decoder.conv1d.weight", "zero"], ["column"]),
        helper.make_node("MatMul", ["positive", "column"], ["score"]),
        helper.make_node("Add", ["score", "decoder.conv1d.bias"], ["logit"]),
        helper.make_node("Squeeze", ["logit", "two"], ["flat"]),
        helper.make_node("Sigmoid", ["flat"], ["probabilities"]),
    ]
    axes = [
        helper.make_tensor(name, TensorProto.INT64, [1], [value])
        for name, value in (("zero", 0), ("one", 1), ("two", 2))
    ]
    used = {name for node in (*encoder, *rest) for name in node.input}
    state: list[str | int] = ["one", "streams", 128]
    derived = helper.make_graph(
        encoder + rest,
        "silero_vad_16k_side_by_side",
        [
            _value("input", ["frames", 576]),
            _value("order", ["steps", "streams"], TensorProto.INT64),
            _value("lengths", ["streams"], TensorProto.INT32),
            _value("h", state),
            _value("c", state),
        ],
        [_value("probabilities", ["steps", "streams"]), _value("hn", state), _value("cn", state)],
        [tensor for tensor in graph.initializer if tensor.name in used] + axes,
    )
    result = helper.make_model(
        derived, opset_imports=list(model.opset_import), ir_version=model.ir_version
    )
    onnx.checker.check_model(result, full_check=True)
    onnx.save(result, target)


def _value(name: str, shape: list[str | int], kind: int = TensorProto.FLOAT) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, kind, shape)


if __name__ == "__main__":
    derive(*sys.argv[1:3])
