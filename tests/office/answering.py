"""A tiny server that speaks the few calls our client of OpenSearch makes. It is not OpenSearch.

It holds our requests and answers against what the service's reference says; what a real one does
with an analyzer or a refresh is shown by the contract tests, where OPENSEARCH_URL names one.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatch
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Service:
    """The indices: name → {document id: document}. `down` makes every answer a 503."""

    def __init__(self) -> None:
        self.indices: dict[str, dict[str, dict]] = {}
        self.made: dict[str, dict] = {}
        self.down = False
        self.refused: set[str] = set()  # ids of documents that are not taken
        self.asked: list[str] = []

    def answer(self, method: str, path: str, body: bytes) -> tuple[int, Any]:
        self.asked.append(f"{method} {path}")
        if self.down:
            return 503, {"error": "no master", "status": 503}
        index, _, rest = path.strip("/").partition("/")
        action, _, one = rest.partition("/")
        if index == "_bulk" or action == "_bulk":
            return 200, self.bulk(body.decode().splitlines())
        if method == "PUT" and not action:
            self.made[index], self.indices[index] = json.loads(body), {}
            return 200, {"acknowledged": True}
        if method == "GET" and not action:
            return 200, {name: {} for name in self.indices if fnmatch(name, index)}
        if index not in self.indices:
            return 404, {"error": {"type": "index_not_found_exception"}, "status": 404}
        if method == "DELETE":
            del self.indices[index]
            return 200, {"acknowledged": True}
        held = self.indices[index]
        if action == "_search":
            return 200, self.search(held, json.loads(body))
        if method == "GET":
            fields = {"fields": {"fed": [held[one]["fed"]]}} if one in held else {}
            return (200 if one in held else 404), {"_id": one, "found": one in held, **fields}
        held[one] = json.loads(body)
        return 201, {"_id": one, "result": "created"}

    def bulk(self, lines: list[str]) -> dict:
        items, errors, given = [], False, iter(lines)
        for line in given:
            [(action, where)] = json.loads(line).items()
            held, one, status = self.indices[where["_index"]], where["_id"], 200
            if action == "delete":
                status = 200 if held.pop(one, None) else 404
            else:
                document = json.loads(next(given))
                status = 400 if one in self.refused else 201
                if status == 201:
                    held[one] = document
            errors = errors or status >= 400
            items.append({action: {"_id": one, "status": status}})
        return {"errors": errors, "items": items}

    def search(self, held: dict[str, dict], body: dict) -> dict:
        assert body["sort"] == [{"entry": "desc"}]
        assert body["stored_fields"] == "_none_"
        found = [document for document in held.values() if fits(document, body["query"])]
        found.sort(key=lambda document: -document["entry"])
        hits = [{"fields": {"entry": [d["entry"]]}} for d in found[: body["size"]]]
        return {"timed_out": False, "_shards": {"failed": 0}, "hits": {"hits": hits}}


def fits(document: dict, query: dict) -> bool:
    [(kind, what)] = query.items()
    if kind == "terms":
        [(field, values)] = what.items()
        return bool(set(document.get(field, "").split()) & set(values))
    if kind == "range":
        [(field, edges)] = what.items()
        return field in document and edges["gte"] <= document[field] <= edges["lte"]
    assert kind == "bool"
    should = [fits(document, part) for part in what.get("should", [])]
    assert not should or what["minimum_should_match"] == 1
    every = all(fits(document, part) for part in what.get("filter", []))
    return every and (not should or any(should))


@contextmanager
def running(service: Service) -> Iterator[str]:
    """The address under which the service answers."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, answer = service.answer(self.command, self.path.partition("?")[0], body)
            text = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = do

        def log_message(self, *args: Any) -> None:
            """Tests stay quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
