"""What happens between organisations, measured from a prepared event log.

``tables`` names what can be asked of a log, ``selection`` which part of it, ``engines`` who computes. Every metric is a
module named after it, with a written definition, and says which cases are behind each of its figures.
"""
