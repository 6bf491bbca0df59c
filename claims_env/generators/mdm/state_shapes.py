"""The name and shape of every tensor a network needs, as published checkpoints spell them."""

from claims_env.generators.mdm.architecture import Architecture

Shapes = dict[str, tuple[int, ...]]


def state_shapes(architecture: Architecture) -> Shapes:
    """Return the shape of every tensor: 154 of them for trans_dec of 8 layers, 106 for trans_enc.

    Source: the parameters of `model/mdm.py` of MDM, less the text encoder's, which is loaded apart,
    and the table of positions, which is no parameter.
    """
    stack = "seqTransDecoder" if architecture.kind == "trans_dec" else "seqTransEncoder"
    shapes = _ends(architecture)
    for layer in range(architecture.layers):
        for name, shape in _layer(architecture).items():
            shapes[f"{stack}.layers.{layer}.{name}"] = shape
    return shapes


def _ends(architecture: Architecture) -> Shapes:
    """Return what stands before and after the layers."""
    width, features = architecture.width, architecture.features
    return {
        **_affine("input_process.poseEmbedding", width, features),
        **_affine("embed_timestep.time_embed.0", width, width),
        **_affine("embed_timestep.time_embed.2", width, width),
        **_affine("embed_text", width, architecture.text_width),
        **_affine("output_process.poseFinal", features, width),
    }


def _layer(architecture: Architecture) -> Shapes:
    width, inner = architecture.width, architecture.feed_forward
    crossing = architecture.kind == "trans_dec"
    shapes = _attention("self_attn", width)
    if crossing:
        shapes |= _attention("multihead_attn", width)
    shapes |= _affine("linear1", inner, width) | _affine("linear2", width, inner)
    for norm in range(1, 4 if crossing else 3):
        shapes |= {f"norm{norm}.weight": (width,), f"norm{norm}.bias": (width,)}
    return shapes


def _attention(name: str, width: int) -> Shapes:
    """Return one attention's shapes: queries, keys and values are packed into one weight."""
    return {
        f"{name}.in_proj_weight": (3 * width, width),
        f"{name}.in_proj_bias": (3 * width,),
        **_affine(f"{name}.out_proj", width, width),
    }


def _affine(name: str, outputs: int, inputs: int) -> Shapes:
    return {f"{name}.weight": (outputs, inputs), f"{name}.bias": (outputs,)}
