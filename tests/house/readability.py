"""How hard words are to read, as the product measures it too."""

from voice.reading_age import grade, sentence_lengths, sentences, syllables, words

__all__ = ["grade", "sentence_lengths", "sentences", "syllables", "words"]
