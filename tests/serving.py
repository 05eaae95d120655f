"""A server as a site has one: it compresses what is text, and says what it sent. For tests and for the bench."""

import functools
import gzip
import http.server
import threading
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

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
    folder, at, sent = None, "/", None

    def do_GET(self):
        path = self.asked_for()
        found = path is not None
        path = path or self.folder / "404.html"  # what a host shows then
        content = packed(path) if path.is_file() else b""
        self.send_response(200 if found else 404)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Content-Type", TEXT.get(path.suffix) or OTHER.get(path.suffix, "text/plain"))
        if found:
            self.send_header("Cache-Control", "max-age=600")
            self.sent[path.relative_to(self.folder).as_posix()] = len(content)
        if content and path.suffix in TEXT:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content)

    do_HEAD = do_GET

    def asked_for(self):
        """The file at the address, or nothing."""
        address = unquote(urlsplit(self.path).path)
        path = (self.folder / address.removeprefix(self.at).lstrip("/")).resolve()
        if path.is_dir():
            path /= "index.html"
        return path if address.startswith(self.at) and path.is_file() and path.is_relative_to(self.folder) else None

    def log_message(self, *_):
        pass


@contextmanager
def compressed(folder, at="/"):
    """The address of the folder, there on the server, and what was sent from it so far: path -> bytes."""
    sent = {}
    handler = type("Handler", (Compressed,), {"folder": Path(folder).resolve(), "at": at, "sent": sent})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{at}", sent
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
