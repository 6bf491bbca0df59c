"""Inverse kinematics: joint positions to SMPL rotations, in closed form."""
