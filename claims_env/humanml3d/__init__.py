"""HumanML3D's 263 numbers per frame: what MDM was trained on, from and to joint positions."""
