"""What a generator's clips are like, measured over many of them: rates, spreads, distinctness.

Nothing here makes a clip or draws a picture of a body: clips come in, figures and tables go out. To
add a figure, write it as a function of features or joints in a file of its own, and show it in the
data sheet (`data_sheet.py`).
"""
