"""For a WSGI server of your own. `voice serve` brings its own and needs none of this."""

from voice.extensions import db
from voice.storage import keyring
from voice.wiring import create_app

app = create_app()
with app.app_context():
    keyring.hold()
    db.engine.dispose()  # a connection must not be shared by processes that come of this one
