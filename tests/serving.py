"""A server as a site has one: it compresses what is text, and says what it sent. For tests and for the bench."""

import functools
import gzip
import http.server
import threading
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

TEXT = {".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".json": "application/json",
        ".svg": "image/svg+xml"}
OTHER = {".woff2": "font/woff2", ".png": "image/png"}

# A browser asks its maker for updates and the like; these keep it to the pages.
ARGUMENTS = """--headless --no-sandbox --disable-gpu --disable-background-networking
               --disable-component-update --disable-sync""".split()


@functools.cache
def packed(path):
    """The bytes that go over the wire: fonts and pictures are compressed as they are."""
    content = path.read_bytes()
    return gzip.compress(content, 9, mtime=0) if path.suffix in TEXT else content


class Compressed(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    folder, sent = None, None

    def do_GET(self):
        path = (self.folder / urlsplit(self.path).path.lstrip("/")).resolve()
        found = path.is_file() and path.is_relative_to(self.folder)
        content = packed(path) if found else b""
        self.send_response(200 if found else 404)
        self.send_header("Content-Length", str(len(content)))
        if found:
            self.send_header("Content-Type", TEXT.get(path.suffix) or OTHER.get(path.suffix, "text/plain"))
            self.send_header("Cache-Control", "max-age=600")
            self.sent[path.relative_to(self.folder).as_posix()] = len(content)
        if found and path.suffix in TEXT:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


@contextmanager
def compressed(folder):
    """The address of the folder, and what was sent from it so far: path -> bytes."""
    sent = {}
    handler = type("Handler", (Compressed,), {"folder": Path(folder).resolve(), "sent": sent})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", sent
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
