"""A server behind TLS: tls_server.py FOLDER NAME. Makes a certificate for NAME, such as IP:127.0.0.1,
certificate.pem in the folder, prints its port, and streams three tokens to whoever posts, until its
standard input ends."""

import http.server
import ssl
import subprocess
import sys
import threading

folder, name = sys.argv[1:]
certificate, key = folder + "/certificate.pem", folder + "/key.pem"
subprocess.run(
    ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    + ["-nodes", "-days", "2", "-subj", "/CN=kavier", "-addext", "subjectAltName=" + name]
    + ["-keyout", key, "-out", certificate],
    check=True,
    stderr=subprocess.DEVNULL,
)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        isModels = self.path == "/v1/models"
        body = b'{"data":[{"id":"m","owned_by":"vllm"}]}' if isModels else b""
        self.send_response(200 if isModels else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        for count in (1, 2, 3):
            reason = '"length"' if count == 3 else "null"
            self.event(
                '{"choices":[{"index":0,"text":"a","finish_reason":%s}],"usage":'
                '{"prompt_tokens":5,"completion_tokens":%d}}' % (reason, count)
            )
        self.event("[DONE]")
        self.close_connection = True

    def event(self, data):
        self.wfile.write(b"data: " + data.encode() + b"\n\n")

    def log_message(self, *arguments):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)
server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_address[1], flush=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.read()
