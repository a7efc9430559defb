"""Who took part, who did not, and who was heard: beside how many children live where."""
