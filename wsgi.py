"""For a WSGI server of your own. `voice serve` brings its own and needs none of this."""

from voice.wiring import create_app

app = create_app()
