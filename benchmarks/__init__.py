"""Accuracy, speed and memory of verbatim's engines beside VADER and TextBlob; see `README.md`."""
