"""Voice: a county listens to its children, and answers.

One view travels all the way, and the rooms are the stations of that way:
`asking` makes activities; `inviting` lets people in by group codes, slips and posters; `listening` hears an answer
and `pledging` a pledge; `keeping` holds the words and gives the receipt; `safeguarding` looks first for someone
at risk; `reading` is the officer's queue;
`understanding` ties words to the plan; `counting` is the only door to numbers; `reviewing` is the board's room;
`answering` is "we did"; `delivering` does it: actions, measures, partners, the review of a year; `publishing` shows it to all,
`spreading` carries it further, `notifying` writes that there is news, `telling` tells the child.
They stand on `identity`, `plans`, `audit`, `web`, `storage`, `workers`, `retention`, `extensions` and `config`.
Later rooms may use earlier ones through their door (`__init__.py`), never the reverse; `wiring` joins them all.
"""
