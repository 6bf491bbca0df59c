"""The Motion Diffusion Model (Tevet et al.), the paper's generator, with a checkpoint of yours."""
