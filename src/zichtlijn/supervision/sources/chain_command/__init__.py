"""``zichtlijn chain``: event logs prepared, analysed, compared, reported and generated, without Django."""
