import gzip, brotli, re
from tests.rooms.listening.making import an_open_activity, shipped
def test_it(app, visitor):
    an_open_activity("big", document=shipped("county-voice-audit"))
    c=app.test_client()
    for u in ("/take-part/big/all","/qps/take-part/big/all","/take-part/big/all?w=older","/take-part/big/all?w=younger","/sw.js","/no-net","/take-part/big","/take-part"):
        r=c.get(u); print(u, r.status_code, len(r.data), len(gzip.compress(r.data,6)), len(brotli.compress(r.data)))
    __import__("pathlib").Path("/tmp/all.html").write_bytes(c.get("/take-part/big/all?w=younger").data)
    page=visitor.open("/take-part/big")
