"""The accuracy gate: gold against coder."""
