"""Files of figures and of coded answers, for those inside: what is in them, how few people anything in them may be of, and how they are written."""
