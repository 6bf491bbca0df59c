"""The denoising network as its publication describes it: made to be read, and to be trained.

`FastNetwork` computes the same function for sampling.
"""

import torch
from torch import Tensor, nn

from claims_env.generators.mdm.architecture import Architecture
from claims_env.generators.mdm.positions import positions

_LONGEST = 5000
"""Places in the table of positions (MDM, `pos_embed_max_len`); diffusion steps index it too."""


class Network(nn.Module):
    """Predicts a clean motion from a noisy one, the step of the diffusion and a text.

    Tevet et al. 2023, "Human Motion Diffusion Model", Sec. 3; the parts that the text leaves open
    are those of the published code: post-norm layers, exact GELU, no norm at the end. Parameters
    are named as in published checkpoints.

    Args:
        architecture: Its sizes.
        dropout: Share of activations set to zero in training (0.1 in the published training).
    """

    def __init__(self, architecture: Architecture, dropout: float = 0.1) -> None:
        super().__init__()
        self.architecture = architecture
        width = architecture.width
        self.input_process = _InputProcess(architecture.features, width)
        self.embed_timestep = _StepEmbedding(width)
        self.embed_text = nn.Linear(architecture.text_width, width)
        if architecture.kind == "trans_dec":
            self.seqTransDecoder = _decoder(architecture, dropout)
        else:
            self.seqTransEncoder = _encoder(architecture, dropout)
        self.output_process = _OutputProcess(width, architecture.features)
        self.dropout = nn.Dropout(dropout)
        self.positions: Tensor
        self.register_buffer("positions", positions(_LONGEST, width), persistent=False)

    def forward(
        self,
        motion: Tensor,
        step: Tensor,
        text: Tensor,
        *,
        text_padding: Tensor | None = None,
        frame_padding: Tensor | None = None,
    ) -> Tensor:
        """Return the clean motion, shape (batch, frames, features), normalised like `motion`.

        Args:
            motion: The noisy motion, shape (batch, frames, features).
            step: How far the noise has come, shape (batch,), int64; 0 is almost clean.
            text: Features of the text, shape (batch, tokens, text_width); one token for trans_enc.
                Zeros stand for no text.
            text_padding: Shape (batch, tokens), True where there is no token.
            frame_padding: Shape (batch, frames), True where there is no frame.
        """
        frames = self.input_process(motion)
        time = self.embed_timestep(self.positions[step])[:, None]
        said = self.embed_text(text) + time
        if self.architecture.kind == "trans_enc":
            places = self._placed(torch.cat([said, frames], 1))
            padding = _one_more(frame_padding)
            told = self.seqTransEncoder(places, src_key_padding_mask=padding)[:, 1:]
        elif self.architecture.time_token:
            places = self._placed(torch.cat([time, frames], 1))
            told = self._decoded(places, said, _one_more(frame_padding), text_padding)[:, 1:]
        else:
            told = self._decoded(self._placed(frames), said, frame_padding, text_padding)
        clean: Tensor = self.output_process(told)
        return clean

    def _placed(self, sequence: Tensor) -> Tensor:
        placed: Tensor = self.dropout(sequence + self.positions[: sequence.shape[1]])
        return placed

    def _decoded(
        self, places: Tensor, said: Tensor, padding: Tensor | None, text_padding: Tensor | None
    ) -> Tensor:
        told: Tensor = self.seqTransDecoder(
            places,
            said,
            tgt_key_padding_mask=padding,
            memory_key_padding_mask=text_padding,
        )
        return told


class _InputProcess(nn.Module):
    """One frame's features, as wide as the transformer."""

    def __init__(self, features: int, width: int) -> None:
        super().__init__()
        self.poseEmbedding = nn.Linear(features, width)

    def forward(self, motion: Tensor) -> Tensor:
        frames: Tensor = self.poseEmbedding(motion)
        return frames


class _OutputProcess(nn.Module):
    """The way back."""

    def __init__(self, width: int, features: int) -> None:
        super().__init__()
        self.poseFinal = nn.Linear(width, features)

    def forward(self, told: Tensor) -> Tensor:
        motion: Tensor = self.poseFinal(told)
        return motion


class _StepEmbedding(nn.Module):
    """Two layers on the row of the table of positions that the diffusion step picks."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.time_embed = nn.Sequential(nn.Linear(width, width), nn.SiLU(), nn.Linear(width, width))

    def forward(self, place: Tensor) -> Tensor:
        time: Tensor = self.time_embed(place)
        return time


def _encoder(architecture: Architecture, dropout: float) -> nn.TransformerEncoder:
    layer = nn.TransformerEncoderLayer(
        architecture.width,
        architecture.heads,
        architecture.feed_forward,
        dropout,
        activation="gelu",
        batch_first=True,
    )
    # nested tensors would cut the padded frames off the end, and the batch with them
    return nn.TransformerEncoder(layer, architecture.layers, enable_nested_tensor=False)


def _decoder(architecture: Architecture, dropout: float) -> nn.TransformerDecoder:
    layer = nn.TransformerDecoderLayer(
        architecture.width,
        architecture.heads,
        architecture.feed_forward,
        dropout,
        activation="gelu",
        batch_first=True,
    )
    return nn.TransformerDecoder(layer, architecture.layers)


def _one_more(padding: Tensor | None) -> Tensor | None:
    """Return the padding of a sequence with one token ahead of the frames, which always counts."""
    return None if padding is None else nn.functional.pad(padding, (1, 0), value=False)
